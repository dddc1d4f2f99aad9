print("vigil-sim")
