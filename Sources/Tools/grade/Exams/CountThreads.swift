extension Exam {
    static let countThreads = Exam(
        // Ten waits of less than a second each.
        "count-threads", arguments: [], waits: .seconds(11),
        [
            Case(
                "names", .sheet, 20, "print(name + str(count))",
                [
                    .runs([], mayFail: true),
                    .printed("a name with each number, a line each") {
                        $0.counters.contains { $0.numbers.count > 1 }
                    },
                ]),
            Case(
                "numbers", .sheet, 30, "while count <= 10",
                [
                    .runs([], mayFail: true),
                    .printed("a name with the numbers 0 to 10, each once and in this order") {
                        !$0.counters.filter(\.isWhole).isEmpty
                    },
                ]),
            Case(
                "second", .sheet, 20, "Run Functions as Threads",
                [
                    .runs([], mayFail: true),
                    .printed("the numbers 0 to 10 of two names") {
                        $0.counters.filter(\.isWhole).count > 1
                    },
                ]),
            Case(
                "at-once", .sheet, 15,
                "A thread is an entity within a process that can be scheduled for execution.",
                needs: ["second"],
                [
                    .runs([], mayFail: true),
                    .printed("numbers of both names before either has come to 10") { printed in
                        let both = printed.counters.filter(\.isWhole)
                        return both.count > 1 && both[0].first < both[1].last
                            && both[1].first < both[0].last
                    },
                ]),
            Case(
                "end", .sheet, 10,
                "Creates a Thread object, and its run() method just calls the given function",
                [.runs([])]),
            Case(
                "behind", .network, 5, "A program that has ended leaves no process behind",
                [.runs([], mayFail: true), .leavesNothing("run 1")]),
        ])
}

/// The numbers that one name has counted, and where its first and its last one stand.
private struct Counter {
    var numbers: [Int] = []
    var first: Int
    var last = 0

    var isWhole: Bool { numbers == Array(0...10) }
}

extension Printed {
    /// All names with their numbers. A name may end in a digit, so that each way to take a line
    /// apart makes a counter; only right ones are whole.
    fileprivate var counters: [Counter] {
        var found: [String: Counter] = [:]
        for (place, line) in lines.flatMap(\.untorn).enumerated() {
            var name = line[...]
            while let last = name.last, last.isASCII, last.isNumber {
                name.removeLast()
                let digits = line[name.endIndex...]
                guard name.contains(where: { !$0.isNumber }), let number = Int(digits),
                    "\(number)" == digits
                else {
                    continue
                }
                found[String(name), default: Counter(first: place)].numbers.append(number)
                found[String(name)]?.last = place
            }
        }
        return found.values.sorted { $0.first < $1.first }
    }
}

extension String {
    /// The numbers of two threads that stand on one line, since Python's print writes a line and
    /// its end apart, and another thread may come between.
    fileprivate var untorn: [String] {
        let parts = matches(of: #/[^\d\s]+\d+/#).map { String($0.output) }
        return parts.joined() == self ? parts : [trimmingBlanks]
    }

    private var trimmingBlanks: String {
        var text = self[...]
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
