import Protocol

extension Play {
    /// The right reply to a task, in the format of the program.
    ///
    /// - Parameter isGlued: Whether more replies may follow without anything between.
    func wanted(_ task: CalculatorTask, isGlued: Bool = false) -> Wanted {
        let request = self[CalculatorRequestForm.self]
        let reply = self[CalculatorReplyForm.self]
        let words = task.result.short
        let mistakes = Mistake.of(text: Array(words.utf8)) + Mistake.ofResult(task, reply)
        return Wanted(words, mistakes: mistakes) { bytes, _ in
            if reply.size != nil { return reply.matchSized(bytes, task, request) }
            guard reply.textEnd.isEmpty else { return reply.matchEnded(bytes, task, request) }
            if reply.isRight(text: bytes, task, request) {
                return .found(count: bytes.count, words: bytes.text)
            }
            if isGlued, let count = reply.prefix(of: bytes, with: task) {
                return .found(count: count, words: Array(bytes.prefix(count)).text)
            }
            let isBeginning = words.utf8.starts(with: bytes) || bytes.last.map(isNoDigit) ?? true
            return isBeginning ? .more : .wrong
        }
    }
}

extension [UInt8] {
    /// The text without its end.
    fileprivate var text: String {
        String(decoding: prefix { ![0, 10, 13].contains($0) }, as: UTF8.self).escaped
    }
}

private func isNoDigit(_ byte: UInt8) -> Bool { !(48..<58).contains(byte) }

extension CalculatorReplyForm {
    /// A reply of a known number of bytes.
    fileprivate func matchSized(
        _ bytes: [UInt8], _ task: CalculatorTask, _ request: CalculatorRequestForm
    ) -> Wanted.Match {
        guard let size, bytes.count >= size else { return .more }
        let message = Array(bytes.prefix(size))
        if field == nil {
            let isRight = isRight(text: message.filter { $0 != 0 }, task, request)
            return isRight ? .found(count: size, words: message.text) : .wrong
        }
        guard isRight(binary: message, task, request) else { return .wrong }
        return .found(count: size, words: value(message)?.short ?? "")
    }

    /// A reply that ends with a line end or a NUL.
    fileprivate func matchEnded(
        _ bytes: [UInt8], _ task: CalculatorTask, _ request: CalculatorRequestForm
    ) -> Wanted.Match {
        guard let last = textEnd.last, let end = bytes.firstIndex(of: last) else {
            return bytes.count < 4_096 ? .more : .wrong
        }
        let message = Array(bytes[...end])
        let isRight = isRight(text: message.dropLast(), task, request)
        return isRight ? .found(count: end + 1, words: message.text) : .wrong
    }

    private func isRight(
        text: ArraySlice<UInt8>, _ task: CalculatorTask, _ request: CalculatorRequestForm
    ) -> Bool {
        isRight(text: Array(text), task, request)
    }

    /// The number of bytes of the reply at the front, where others are glued to it.
    fileprivate func prefix(of bytes: [UInt8], with task: CalculatorTask) -> Int? {
        let text = String(decoding: bytes, as: UTF8.self)
        let number = task.result.short
        guard let range = isWordy ? text.firstRange(of: number) : text.prefixRange(number) else {
            return nil
        }
        var rest = text[range.upperBound...]
        if rest.hasPrefix(".0") { rest = rest.dropFirst().drop { $0 == "0" } }
        return bytes.count - rest.utf8.count
    }
}

extension String {
    fileprivate func prefixRange(_ text: String) -> Range<String.Index>? {
        hasPrefix(text) ? startIndex..<index(startIndex, offsetBy: text.count) : nil
    }
}

extension Mistake {
    /// The known wrong ways to tell this result.
    fileprivate static func ofResult(
        _ task: CalculatorTask, _ reply: CalculatorReplyForm
    ) -> [Mistake] {
        guard let whole = Int(exactly: task.result) else { return [] }
        func told(_ number: Int, _ cause: String) -> Mistake {
            Mistake(cause, Array("\(number)".utf8) + reply.textEnd)
        }
        let wrapped = Int(Int32(truncatingIfNeeded: whole))
        let exchanged = CalculatorTask(
            task.right, Character(Unicode.Scalar(task.sign)), task.left
        ).result
        return [
            told(wrapped, "the result has only 32 bits"),
            told(whole + 1, "it is one too many"), told(whole - 1, "it is one too few"),
            told(-whole, "the sign is wrong"),
            told(Int(exactly: exchanged) ?? whole + 1, "the numbers are exchanged"),
            Mistake(
                "hexadecimal digits",
                Array("0x\(String(whole, radix: 16))".utf8) + reply.textEnd),
        ].filter { $0.bytes != Array("\(whole)".utf8) + reply.textEnd }
    }
}
