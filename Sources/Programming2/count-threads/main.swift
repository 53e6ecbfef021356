// Counts from 0 to 10 in two threads at once, each with random pauses of its own.
//
// Programming 2, Run Functions as Threads. In a terminal, twice, and each time in another order:
//
//     swift run count-threads

import Console
import Threads

let program = Program("count-threads", "Counts from 0 to 10 in two threads at once, A and B.")
let delay = program.delay(default: 0...1, when: "after each number")
let seed = program.seed()
let trace = program.trace()

program.run {
    let (delay, trace) = (delay.value, trace.value)
    // Each thread has a sequence of its own. In a common one, its numbers would depend on the speed
    // of the other thread.
    let (chance1, chance2) = (seed.value.split(), seed.value.split())

    let t1 = Thread { countFunction("A", delay, chance1, trace) }
    let t2 = Thread { countFunction("B", delay, chance2, trace) }
    try t1.start()
    try t2.start()
    t1.join()
    t2.join()
}

/// Prints a name with each number, and sleeps after it: the sheet's function.
func countFunction(
    _ name: String, _ delay: Delay, _ chance: Chance, _ trace: (@Sendable (String) -> Void)?
) {
    for count in 0...10 {
        print("\(name)\(count)")
        let time = delay.next(chance)
        trace?("\(name) sleeps for \(Int(time / .milliseconds(1))) ms")
        sleep(for: time)
    }
}
