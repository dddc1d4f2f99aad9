# What the scripts share; to be sourced, not run.
# shellcheck shell=bash

# Prints a line about the work itself.
say() { printf '%s\n' "$*"; }

# Prints why the work cannot go on, and ends it.
fail() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

# Prints the comment block at the head of a script as its help.
print_help() { sed -n '2,/^$/s/^# \{0,1\}//p' "$1"; }

# Ends with a usage error.
misused() {
    printf 'error: %s; see %s --help\n' "$1" "$0" >&2
    exit 2
}

# Prints a loopback TCP port that nobody uses at this moment.
free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# Prints a port where nobody listens, the given one if possible: PREFERRED
pick_port() { if is_listening "$1"; then free_port; else say "$1"; fi; }

# Whether something listens on a loopback port.
is_listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Waits until a process listens on a loopback port: PID PORT SECONDS.
wait_for_port() {
    local deadline=$((SECONDS + $3))
    until is_listening "$2"; do
        kill -0 "$1" 2>/dev/null || return 1
        ((SECONDS < deadline)) || return 1
        sleep 0.05
    done
}

# Prints where mosquitto is: Debian puts it where only root looks.
broker_program() { PATH="$PATH:/usr/local/sbin:/usr/sbin" command -v mosquitto; }

# Ends a child by its id, politely first: PID SECONDS. Returns how it ended.
end_child() {
    local deadline=$((SECONDS + $2))
    kill -TERM "$1" 2>/dev/null || true
    while kill -0 "$1" 2>/dev/null; do
        if ((SECONDS >= deadline)); then
            kill -KILL "$1" 2>/dev/null || true
            break
        fi
        sleep 0.05
    done
    wait "$1" 2>/dev/null
}
