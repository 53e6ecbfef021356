#!/usr/bin/env bash
#
# Plays the exercises on loopback and prints each program's standard output.
#
#   ./run-demo.sh                 every exercise
#   ./run-demo.sh guess chat      just these two
#   ./run-demo.sh --list          their names
#   ./run-demo.sh --check         compares with Tests/Transcripts; 1 if anything differs
#   ./run-demo.sh --update        writes Tests/Transcripts anew
#   ./run-demo.sh --help          this text
#
# --check and --update take names too. DEMO_PROGRAMS, if set, is a folder with the built programs;
# otherwise the programs to be played are built first.
#
# With --check and --update a relay stands before each server. It draws the conversations as
# ladders, which stand in Tests/Transcripts, too.
#
# Seeds are fixed, nothing waits for time, and each step starts when the step before has printed its
# line: so the same lines come on a busy machine, too. There is a time limit only for a line that
# never comes.

set -eu

# The order of sort and the zone of the programs' dates differ from machine to machine.
export LC_ALL=C TZ=UTC

limit=120 # seconds for a line to come, or a program to end

# --------------------------------------------------------------------------------------------- The
# exercises, a function each, in the order in which all are played. serve starts the server and sets
# $port; run plays a client to its end; start, enter and finish play a program with typed input;
# wait_for tells when to go on.

play_select() {
    serve select-server 127.0.0.1 0
    start patient select-client 127.0.0.1 "$port"
    enter patient 'hello'
    wait_for patient 'OK'
    run quick select-client 127.0.0.1 "$port" 'nobody' 'waits'
    wait_for server 'client 2 left'
    enter patient 'world'
    finish patient
    wait_for server 'client 1 left'
    stop server
}

play_calculator() {
    serve calculator-server 127.0.0.1 0
    run random calculator-client 127.0.0.1 "$port" --delay 0 --seed 1 --pause 0
    wait_for server 'client 1 left'
    run chosen calculator-client 127.0.0.1 "$port" --delay 0 --pause 0 \
        '12 + 30' '1 / 3' '-7 / 2' '5 / 0' '5 % 2'
    wait_for server 'client 2 left'
    stop server
}

play_chat() {
    serve chat-server 127.0.0.1 0 --pause 0
    for name in Joseph Anna Tim; do
        start "$name" chat-client 127.0.0.1 "$port" "$name" --pause 0
        wait_for server "$name joined"
    done
    enter Joseph 'She turned me into a newt!'
    wait_for Anna '[Joseph] She turned me into a newt!'
    wait_for Tim '[Joseph] She turned me into a newt!'
    enter Anna 'A newt?'
    wait_for Joseph '[Anna] A newt?'
    wait_for Tim '[Anna] A newt?'
    finish Tim
    wait_for server 'Tim left'
    enter Joseph 'I got better.'
    wait_for Anna '[Joseph] I got better.'
    finish Anna
    wait_for server 'Anna left'
    finish Joseph
    wait_for server 'Joseph left'
    stop server
}

play_guess() {
    serve guess-server 127.0.0.1 0 --seed 7
    # A silent player keeps a new game from beginning, so the second player hears that the game has
    # ended. Pictures do not show this player.
    exec 8<>"/dev/tcp/127.0.0.1/$server_port"
    run first guess-client 127.0.0.1 "$port" --delay 0
    wait_for server 'client 1 left'
    run second guess-client 127.0.0.1 "$port" --delay 0
    wait_for server 'client 2 left'
    exec 8>&-
    wait_for server 'new game'
    run third guess-client 127.0.0.1 "$port" --delay 0
    wait_for server 'new game' 2
    stop server
}

play_socket-options() {
    # The values of other options differ from machine to machine.
    run_through 'grep -e LINGER -e TTL -e KEEPIDLE' set \
        socket-options SO_LINGER 1,3 IP_TTL 5 TCP_KEEPIDLE 60
}

play_socket-timeouts() {
    run three socket-timeouts --delay 0
}

play_message() {
    serve message-server 127.0.0.1 0
    run first message-client 127.0.0.1 "$port" 'this is my message'
    await 'the message' server has_shown 'this is my message'
    run second message-client 127.0.0.1 "$port" 'schöne Grüße'
    await 'the message' server has_shown 'schöne Grüße'
    stop server
}

# The line begins with the client's port, which the system chose.
has_shown() { grep -q -e "$2\$" "$records/$1.out"; }

play_talk() {
    serve_typed talk-server 127.0.0.1 0 --pause 0
    start Anna talk-client 127.0.0.1 "$port" --pause 0
    enter Anna 'Is anybody there?'
    wait_for server 'Is anybody there?'
    # Bob has come too early, and waits for Anna to leave.
    start Bob talk-client 127.0.0.1 "$port" --pause 0
    enter Bob 'My turn?'
    enter server 'Yes. How do I end this?'
    wait_for Anna 'Yes. How do I end this?'
    enter Anna 'exit'
    wait_for server 'exit'
    enter server 'No, in capitals.'
    wait_for Anna 'No, in capitals.'
    enter Anna 'EXIT'
    finish Anna
    wait_for server 'My turn?'
    enter server 'EXIT'
    finish Bob
    stop server
}

play_echo() {
    serve echo-server 127.0.0.1 0 --pause 0
    start first echo-client 127.0.0.1 "$port" --pause 0
    enter first 'Hello World!'
    finish first
    start second echo-client 127.0.0.1 "$port" --pause 0
    enter second 'grüße aus Straßburg'
    finish second
    stop server
}

play_sum() {
    serve sum-server 127.0.0.1 0 --name 'Server of John Q. Smith' --seed 4 --pause 0
    start alice sum-client 127.0.0.1 "$port" --pause 0
    enter alice 'Alice'
    enter alice '42'
    finish alice
    run bob sum-client 127.0.0.1 "$port" --name Bob --number 100 --separator ' : ' --pause 0
    run last sum-client 127.0.0.1 "$port" --name Eve --number 101 --pause 0
    finish server
}

play_file() {
    mkdir files
    # 5,000 bytes: four whole blocks and a short one.
    awk 'BEGIN { for (i = 1; i <= 250; i++) printf "line %3d of my note\n", i }' >files/notes.txt
    serve file-server 127.0.0.1 0 --root files --pause 0
    run framed file-client "127.0.0.1:$port:notes.txt" copy.txt
    wait_for server 'client 1 left'
    run plain file-client --plain "127.0.0.1:$port:notes.txt" plain-copy.txt
    wait_for server 'client 2 left'
    run_to 1 outside file-client "127.0.0.1:$port:../notes.txt" copy.txt
    wait_for server 'client 3 left'
    run same diff files/notes.txt copy.txt
    run same-plain diff files/notes.txt plain-copy.txt
    stop server
}

play_arguments() {
    run two arguments one two
    run none arguments
    run any arguments --help 'two words' -5
}

play_host-info() {
    # Only lines that are the same on every machine: its own name, and its names for others, differ.
    run name host-info 127.0.0.1 8080
    run_to 1 unknown host-info nowhere.invalid
}

play_http-get() {
    # A person plays the web server: after each line of the request, a line of the response.
    serve_typed talk-server 127.0.0.1 0 --pause 0
    for line in 'HTTP/1.1 200 OK' 'Content-Type: text/plain' 'Content-Length: 16' '' \
        'Hello, browser!'; do
        enter server "$line"
    done
    run page http-get "127.0.0.1:$port" /greeting
    for line in 'HTTP/1.1 302 Found' "Location: /greeting" 'Content-Length: 0' '' ''; do
        enter server "$line"
    done
    run_to 1 moved http-get "127.0.0.1:$port" /hello
    stop server
}

play_hello() {
    serve hello-server 127.0.0.1 0
    run first hello-client 127.0.0.1 "$port"
    run second hello-client 127.0.0.1 "$port"
    stop server
}

# The first client keeps its connection while the second one asks: here the second has to wait.
play_strftime() {
    serve strftime-server 127.0.0.1 0 --at 1795305599 --pause 0
    start first strftime-client 127.0.0.1 "$port" --pause 0
    enter first '%Y-%m-%d'
    wait_for first '2026-11-21'
    start second strftime-client 127.0.0.1 "$port" '%H:%M:%S' --pause 0
    enter first 'It is %A.'
    wait_for first 'It is Saturday.'
    finish first
    wait_for server 'client 1 left'
    finish second
    wait_for server 'client 2 left'
    stop server
}

# The same two clients: here the second one comes and goes before the first has finished.
play_threaded() {
    serve threaded-server 127.0.0.1 0 --at 1795305599 --pause 0
    start first strftime-client 127.0.0.1 "$port" --pause 0
    enter first '%Y-%m-%d'
    wait_for first '2026-11-21'
    run second strftime-client 127.0.0.1 "$port" '%H:%M:%S' --pause 0
    wait_for server 'client 2 left'
    enter first 'It is %A.'
    wait_for first 'It is Saturday.'
    finish first
    wait_for server 'client 1 left'
    stop server
}

play_count-threads() {
    # The threads print in any order. The lines are sorted only by the first character, so each
    # thread's lines stay in their order.
    run_through 'sort -s -k 1.1,1.1' both count-threads --delay 0
}

play_quiz() {
    serve quiz-server 127.0.0.1 0 --seed 16 --pause 0
    start anna quiz-client 127.0.0.1 "$port" anna 3 --pause 0
    enter anna 'd'
    # Her input ends before the game does, and so does the server.
    finish anna
    wait_for server 'anna left'
    stop server
    # Another server, in the same folder, goes on from there.
    serve_as later-server quiz-server 127.0.0.1 0 --seed 8 --pause 0
    start anna-again quiz-client 127.0.0.1 "$port" anna 3 --pause 0
    enter anna-again 'a'
    enter anna-again 'A'
    finish anna-again
    wait_for later-server 'anna left'
    start ben quiz-client 127.0.0.1 "$port" ben 2 --register --pause 0
    enter ben 'ben-knows-this'
    enter ben '7'
    enter ben 'b'
    enter ben 'a'
    finish ben
    wait_for later-server 'ben left'
    stop later-server
}

play_hangman() {
    serve hangman-server 127.0.0.1 0 --seed 9 --pause 0
    start winner hangman-client 127.0.0.1 "$port" --pause 0
    for letter in e a o O s n r c; do enter winner "$letter"; done
    finish winner
    wait_for server 'client 1 left'
    start loser hangman-client 127.0.0.1 "$port" --pause 0
    for letter in e x q z j v; do enter loser "$letter"; done
    finish loser
    wait_for server 'client 2 left'
    stop server
}

play_tictactoe() {
    serve tictactoe-server 127.0.0.1 0 --pause 0
    start anna tictactoe-client 127.0.0.1 "$port" anna --pause 0
    wait_for server 'anna joined'
    start bob tictactoe-client 127.0.0.1 "$port" --pause 0
    enter bob 'bob'
    wait_for server 'bob joined'
    # A typed line waits until the client needs it.
    for cell in 5 2 8; do enter anna "$cell"; done
    for cell in 5 1 9; do enter bob "$cell"; done
    finish anna
    finish bob
    wait_for server 'bob left'
    stop server
}

play_udp() {
    serve udp-server 127.0.0.1 0
    run arguments udp-client 127.0.0.1 "$port" 'hello, world' 'grüße aus Straßburg'
    start typed udp-client 127.0.0.1 "$port"
    enter typed 'the reply is one datagram'
    finish typed
    stop server
}

play_datetime() {
    serve datetime-server 127.0.0.1 0 --at 1795305599
    run first datetime-client 127.0.0.1 "$port" --count 4 --delay 0 --timeout 30
    stop server
}

play_arithmetic() {
    serve arithmetic-server 127.0.0.1 0 --pause 0
    start alice arithmetic-client 127.0.0.1 "$port" Alice --pause 0
    enter alice '12 + 42'
    wait_for alice '54'
    start bob arithmetic-client 127.0.0.1 "$port" --pause 0
    enter bob 'Bob'
    enter bob '1 / 0'
    wait_for bob 'error: division by zero'
    enter alice '3.24 45'
    enter alice '4.5 / -6'
    wait_for alice '-0.75'
    enter alice 'q'
    finish alice
    wait_for server 'Session ended'
    enter bob '0.1 + 0.2'
    wait_for bob '0.3'
    finish bob
    wait_for server 'Session ended' 2
    stop server
}

play_chatroom() {
    serve chatroom-server 127.0.0.1 0 --at 1795255260 --pause 0
    start first chatroom-client 127.0.0.1 "$port" --pause 0
    enter first 'Batman'
    wait_for first 'Server: time=10.01 Batman has joined. Member count=1'
    start second chatroom-client 127.0.0.1 "$port" --pause 0
    enter second 'Batman'
    wait_for second 'error: name taken'
    enter second 'Voldemort'
    for member in first second; do
        wait_for "$member" 'Server: time=10.01 Voldemort has joined. Member count=2'
    done
    enter first 'Anyone here?'
    wait_for second 'Batman: Anyone here?'
    enter second 'Crucio!'
    wait_for first 'Voldemort: Crucio!'
    enter first 'Aaaaaaahrrhhhhhhh...'
    wait_for second 'Batman: Aaaaaaahrrhhhhhhh...'
    enter first 'quit'
    finish first
    wait_for second 'Server: time=10.01 Batman has left. Member count=1'
    finish second
    wait_for server 'Voldemort left'
    stop server
}

# The relay stands between the two, and cuts the server's answers into pieces of at most 3 bytes.
play_relay() {
    serve guess-server 127.0.0.1 0 --number 37
    launch relay /dev/null relay guess 0 "127.0.0.1:$port" --chop 3 --to client \
        --ladder ladder.svg
    await_listening relay
    run player guess-client 127.0.0.1 "$port" --delay 0
    wait_for relay '1  server ends after 64 bytes'
    stop relay
    stop server
}

# A server in Python has one fault: it takes each recv for a whole message. It loses the cases in
# which a message comes in pieces.
play_grade() {
    needs python3 || return 0
    cp "$package"/Tests/Peers/Faulty/guess_server.py server.py
    cp "$package"/Tests/Peers/Faulty/robust.py .
    run_to 1 judged grade guess-server \
        --only form,answers,win.you-won,frame.split,frame.glue,many.mid,leave.reset \
        -- python3 server.py --fault split '{host}' '{port}'
}

# ---------------------------------------------------------------------------------------------
# Starting and ending programs. A program has a label. Files under this label, in the exercise's
# folder of records, hold its process id while it runs, its heading, and its output.

# serve <command>...: starts the server, label server, and sets port once it listens.
serve() { serve_as server "$@"; }

# serve_as <label> <command>...
serve_as() {
    launch "$1" /dev/null "${@:2}"
    await_port "$1"
}

# serve_typed <command>...: the same with a server that gets typed input.
serve_typed() {
    start server "$@"
    await_port server
}

# await_port <label>: sets port once the program listens. With --check and --update, a relay is at
# this port: it passes everything on to the server, which is at server_port, and draws it.
await_port() {
    await_listening "$1"
    server_port=$port
    if [ -n "$draws" ]; then draw_ladder; fi
}

await_listening() {
    await "the line 'listening on'" "$1" is_listening
    port=$(sed -n 's/.*: listening on .*:\([0-9][0-9]*\)$/\1/p' "$records/$1.err")
}

# draw_ladder: starts a relay in front of $port and sets port to the relay's. It has no heading, so
# the transcript does not show it. The first picture is ladder.svg, the next one ladder-2.svg.
#
# No time may show in a picture, so no pause ends a message.
draw_ladder() {
    relays=$((relays + 1))
    local picture=ladder.svg label=relay-$relays
    [ "$relays" = 1 ] || picture=ladder-$relays.svg
    execute "$label" /dev/null relay "$draws" 0 "127.0.0.1:$port" --ladder "$picture" --pause 0
    await_listening "$label"
}

# end_relays: ends each relay when it has seen the ends of all conversations.
end_relays() {
    local number=0
    while [ "$number" -lt "$relays" ]; do
        number=$((number + 1))
        await "the end of each conversation" "relay-$number" has_seen_the_ends
        stop "relay-$number"
    done
}

# Each connection has two ends. Datagrams have neither a beginning nor an end.
has_seen_the_ends() {
    local connections ends
    connections=$(grep -c '^[0-9]*  connects$' "$records/$1.out")
    ends=$(grep -c -E '^[0-9]+  (client|server) ends after ' "$records/$1.out")
    [ "$ends" = $((2 * connections)) ]
}

# needs <tool>: tells whether this machine has a program that is no part of the package. Without it
# the exercise is skipped.
needs() {
    command -v "$1" >/dev/null && return
    echo "skipped: $1 is not installed" >"$records/skipped"
    return 1
}

# run <label> <command>...: plays a program that needs no input to its end, which must be 0.
run() { run_to 0 "$@"; }

# run_to <exit code> <label> <command>...
run_to() {
    local code=$1
    shift
    launch "$1" /dev/null "${@:2}"
    finish "$1" "$code"
}

# run_through <filter> <label> <command>...: as run, but shows the filter's output instead of the
# program's.
run_through() {
    local filter=$1 label=$2
    shift
    run "$@"
    sed "1s/\$/ | $filter/" "$records/$label.heading" >"$records/$label.filtered"
    mv "$records/$label.filtered" "$records/$label.heading"
    # shellcheck disable=SC2086 # It is a command with its arguments, without blanks in them.
    $filter "$records/$label.out" >"$records/$label.filtered"
    mv "$records/$label.filtered" "$records/$label.out"
}

# start <label> <command>...: starts a program that gets typed input.
start() {
    local label=$1
    [ "$free_descriptor" -le 7 ] || fail "at most five programs of an exercise can be typed to"
    mkfifo "$records/$label.in"
    # It is opened for both ways, so opening never waits, and the input ends when this end is
    # closed.
    eval "exec $free_descriptor<>\"\$records/\$label.in\""
    echo "$free_descriptor" >"$records/$label.descriptor"
    free_descriptor=$((free_descriptor + 1))
    launch "$label" "$records/$label.in" "${@:2}"
}

# enter <label> <text>: types a line.
enter() {
    printf '%s\n' "$2" >&"$(cat "$records/$1.descriptor")"
    printf '==   input:%s\n' "${2:+ $2}" >>"$records/$1.heading"
}

# finish <label> [<exit code>]: ends the input, waits for the end, and checks the exit code.
finish() {
    local label=$1 expected=${2:-0} code=0
    if [ -f "$records/$label.descriptor" ]; then
        eval "exec $(cat "$records/$label.descriptor")>&-"
    fi
    await "the end of the program" "$label" has_ended
    wait "$(cat "$records/$label.pid")" || code=$?
    rm "$records/$label.pid"
    [ "$code" = "$expected" ] || complain "$label" "ended with $code, not $expected"
    if [ "$code" != 0 ]; then printf '==   exit: %s\n' "$code" >>"$records/$label.heading"; fi
}

# stop <label>: tells a server to end; its exit code must be 0.
stop() {
    kill -TERM "$(cat "$records/$1.pid")"
    finish "$1"
}

# wait_for <label> <line> [<count>]: waits until a program has printed a line, once or count times.
wait_for() { await "the line '$2'" "$1" has_printed "$2" "${3:-1}"; }

# launch <label> <input> <command>...: starts a program whose output the transcript shows.
launch() {
    heading "${@:3}" >"$records/$1.heading"
    echo "$1" >>"$records/order"
    execute "$@"
}

# execute <label> <input> <command>...
execute() {
    local label=$1 input=$2 program=$3
    shift 3
    if [ -x "$programs/$program" ]; then program=$programs/$program; fi
    : >"$records/$label.out" # made before the program starts: the tests read them at once
    : >"$records/$label.err"
    # No program may hold another's input open, or the pipe that tells the guard that this script
    # lives.
    "$program" "$@" <"$input" >"$records/$label.out" 2>"$records/$label.err" \
        3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- &
    echo $! >"$records/$label.pid"
}

# await <name> <label> <test> [<argument>...]: waits until the test is true for the program.
await() {
    local name=$1 label=$2 condition=$3 end=$((SECONDS + limit))
    shift 3
    until "$condition" "$label" "$@"; do
        if has_ended "$label"; then
            # It may have printed its line just before the end.
            "$condition" "$label" "$@" && return
            complain "$label" "ended before $name came"
        fi
        [ "$SECONDS" -lt "$end" ] || complain "$label" "$name has not come in $limit s"
        sleep 0.02
    done
}

is_listening() { grep -q ': listening on .*:[0-9][0-9]*$' "$records/$1.err"; }

has_printed() { [ "$(grep -c -F -x -e "$2" "$records/$1.out")" -ge "$3" ]; }

has_ended() { ! kill -0 "$(cat "$records/$1.pid")" 2>/dev/null; }

# ---------------------------------------------------------------------------------------------
# Output.

# heading <command>...: the command as a user types it.
heading() {
    local word
    printf '=='
    for word; do
        if [ -n "${port:-}" ]; then
            case $word in
            "$port") word=PORT ;;
            *":$port") word=${word%":$port"}:PORT ;;
            *":$port:"*) word=${word%%":$port:"*}:PORT:${word#*":$port:"} ;;
            esac
        fi
        case $word in
        '' | *[!A-Za-z0-9_./:,=+{}-]*) word="'$word'" ;;
        esac
        printf ' %s' "$word"
    done
    echo
}

# Prints the output of each program, in the order in which they were started. PORT replaces the
# ports that the system chose, the server's and the clients'.
print_records() {
    local label first=yes
    while read -r label; do
        [ -n "$first" ] || echo
        first=
        cat "$records/$label.heading"
        # awk adds the line end to a last line without one: the prompt of a program that got no
        # input.
        sed -E -e "s/^(.*\('[0-9a-f.:]+', )[0-9]+/\1PORT/" -e "s/:${port:-none}\$/:PORT/" \
            "$records/$label.out" | awk 1
    done <"$records/order"
}

complain() {
    echo "run-demo.sh: $1: $2" >&2
    sed "s/^/  stdout: /" "$records/$1.out" >&2
    sed "s/^/  stderr: /" "$records/$1.err" >&2
    exit 1
}

fail() {
    echo "run-demo.sh: $1" >&2
    exit 1
}

# --------------------------------------------------------------------------------------------- The
# end: no program stays behind, even after an error.

clean_up() {
    local process
    set +e
    exec 2>/dev/null # bash prints a line for every process that is killed here
    # End all processes that this shell has started, the guard too, even if there was no time to
    # note one.
    for process in $(jobs -p); do kill -KILL "$process" 2>/dev/null; done
    wait 2>/dev/null
    rm -rf "$work"
}

# Calls clean_up at the end. If this script is killed and cannot, a guard does the same: it waits
# for the end of a pipe that this script holds open.
guard_the_end() {
    work=$(mktemp -d "${TMPDIR:-/tmp}/socket-labs.XXXXXX")
    trap clean_up EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 141' PIPE
    trap 'exit 143' TERM
    mkfifo "$work/alive"
    (
        trap - EXIT
        trap '' HUP INT PIPE TERM
        read -r _ <"$work/alive" || true
        for file in "$work"/records/*/*.pid; do
            if [ -f "$file" ]; then kill -KILL "$(cat "$file")" || true; fi
        done
        rm -rf "$work"
    ) >/dev/null 2>&1 &
    exec 9>"$work/alive"
}

# ---------------------------------------------------------------------------------------------

# play <exercise>: plays it in a folder of its own.
play() {
    records=$work/records/$1
    mkdir -p "$records" "$work/play/$1"
    port=
    free_descriptor=3
    relays=0
    draws=
    if [ "$mode" != print ] && has_ladder "$1"; then draws=$1; fi
    cd "$work/play/$1"
    "play_$1"
    end_relays
    cd "$package"
    if [ -f "$records/skipped" ]; then
        printf '== %s: %s\n' "$1" "$(cat "$records/skipped")"
    else
        print_records
    fi
}

# compare <exercise>: plays it and tells whether its output is the same as before.
compare() {
    play "$1" >"$work/$1.txt"
    if [ -f "$records/skipped" ]; then
        say "$1: $(cat "$records/skipped")"
    elif diff -u "Tests/Transcripts/$1.txt" "$work/$1.txt" && compare_pictures "$1"; then
        say "$1: same"
    else
        say "$1: different"
        differing=$((differing + 1))
    fi
}

# has_ladder <exercise>: tells whether two programs talk in it. The scene of the relay itself draws
# its own ladder.
has_ladder() {
    local scene
    scene=$(declare -f "play_$1")
    [[ $1 != relay && $scene =~ [[:space:]]serve(_typed)?[[:space:]] ]]
}

# compare_pictures <exercise>: compares the ladders, if it has drawn any.
compare_pictures() {
    local picture name
    for picture in "$work/play/$1"/ladder*.svg; do
        [ -f "$picture" ] || continue
        name=${picture##*/ladder}
        diff -u "Tests/Transcripts/$1$name" "$picture" || return
    done
}

# say <text>: prints a line. If the reader has gone, as in `run-demo.sh | head`, that is no error.
say() { printf '%s\n' "$1" 2>/dev/null || exit 141; }

# build <exercise>...: builds the programs of these exercises.
build() {
    local exercise program
    command -v swift >/dev/null || fail "swift is not found; install it, or set DEMO_PROGRAMS"
    if [ "$*" = "$exercises" ]; then
        swift build >&2
        return
    fi
    # The exercise's function names its programs.
    for exercise; do
        declare -f "play_$exercise"
        if [ "$mode" != print ] && has_ladder "$exercise"; then echo relay; fi
    done | tr -c 'a-z0-9-' '\n' | sort -u >"$work/words"
    printf '%s\n' Sources/*/*/main.swift | sed 's|/main.swift$||; s|.*/||' | sort >"$work/programs"
    comm -12 "$work/words" "$work/programs" >"$work/build"
    while read -r program; do swift build --product "$program" </dev/null >&2; done <"$work/build"
}

# usage <problem>
usage() {
    echo "run-demo.sh: $1; try './run-demo.sh --help'" >&2
    exit 64
}

# If it is set, cd prints the folder.
unset CDPATH
if [ -n "${DEMO_PROGRAMS:-}" ]; then
    programs=$(cd "$DEMO_PROGRAMS" 2>/dev/null && pwd) ||
        fail "DEMO_PROGRAMS: there is no folder '$DEMO_PROGRAMS'"
fi
package=$(cd "$(dirname "$0")" && pwd -P)
cd "$package"

exercises=
while read -r line; do
    if [[ $line =~ ^play_([a-z-]*)\(\) ]]; then exercises="$exercises ${BASH_REMATCH[1]}"; fi
done <run-demo.sh
exercises=${exercises# }

mode=
chosen=
for argument; do
    case $argument in
    --help | -h)
        sed -n '3,13s/^# \{0,1\}//p' run-demo.sh 2>/dev/null
        exit
        ;;
    --list | --check | --update)
        [ "--$mode" != "$argument" ] || usage "$argument is given twice"
        [ -z "$mode" ] || usage "--$mode and $argument exclude each other"
        mode=${argument#--}
        ;;
    -*) usage "unknown option '$argument'" ;;
    *)
        case " $exercises " in
        *" $argument "*) [[ " $chosen " == *" $argument "* ]] || chosen="$chosen $argument" ;;
        *) usage "there is no exercise '$argument'; --list shows their names" ;;
        esac
        ;;
    esac
done
mode=${mode:-print}
chosen=${chosen:-$exercises}

if [ "$mode" = list ]; then
    for exercise in $chosen; do say "$exercise"; done
    exit
fi

guard_the_end
if [ -z "${programs:-}" ]; then
    # shellcheck disable=SC2086 # names without blanks
    build $chosen
    programs=$(swift build --show-bin-path)
fi

differing=0
separator=
for exercise in $chosen; do
    case $mode in
    check) compare "$exercise" ;;
    update)
        play "$exercise" >"$work/$exercise.txt"
        if [ -f "$records/skipped" ]; then
            say "$exercise: $(cat "$records/skipped")"
            continue
        fi
        mkdir -p Tests/Transcripts
        cp "$work/$exercise.txt" "Tests/Transcripts/$exercise.txt"
        for picture in "$work/play/$exercise"/ladder*.svg; do
            [ ! -f "$picture" ] || cp "$picture" "Tests/Transcripts/$exercise${picture##*/ladder}"
        done
        ;;
    print)
        play "$exercise" >"$work/$exercise.txt"
        [ -z "$separator" ] || say ''
        separator=yes
        cat "$work/$exercise.txt" 2>/dev/null || exit 141
        ;;
    esac
done
[ "$differing" = 0 ]
