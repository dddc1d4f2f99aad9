import Glibc

func geteuidOfTest() -> UInt32 { geteuid() }
