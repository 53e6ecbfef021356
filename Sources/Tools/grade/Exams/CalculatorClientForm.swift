import Protocol

/// What the user of a calculator client types, and which replies it understands.
struct CalculatorClientForm: Finding {
    enum Reply: CaseIterable {
        case text, number, letterAndNumber, sameStruct
    }

    var typed = ""
    var reply = Reply.text

    /// Nothing, or five tasks in the forms that programs ask for.
    static let keyboards = ["", "12 + 30\n", "12\n+\n30\n", "12\n30\n+\n"].map {
        String(repeating: $0, count: 5)
    }
}

/// The last request of each client.
struct CalculatorTalk: Memory {
    var tasks: [String: CalculatorTask] = [:]
}

extension CalculatorTask {
    /// Small numbers in the other byte order: the program's own first request had this one.
    var hasOtherOrder: Bool {
        [left, right].allSatisfy { number in
            guard abs(number) >= 16_777_216, let whole = Int32(exactly: number) else {
                return false
            }
            return abs(Int(whole.byteSwapped)) < 65_536
        }
    }
}

extension CalculatorRequestForm {
    /// The task in a request, if it is one with numbers that somebody calculates with.
    func task(_ bytes: [UInt8]) -> CalculatorTask? {
        guard let layout else { return Self.textTask(bytes) }
        guard let values = try? layout.unpack(Array(bytes.prefix(size))) else { return nil }
        var numbers: [Double] = []
        var sign: Character?
        for value in values {
            switch value {
            case .integer(let whole): numbers.append(Double(whole))
            case .floating(let number): numbers.append(number)
            case .bytes(let bytes): sign = bytes.first.map { Character(Unicode.Scalar($0)) }
            case .bool: return nil
            }
        }
        guard let sign, "+-*/%^:".contains(sign), numbers.count == 2,
            numbers.allSatisfy({ $0 == 0 || (1e-4...1e10).contains(abs($0)) })
        else { return nil }
        return CalculatorTask(numbers[0], sign, numbers[1])
    }

    private static func textTask(_ bytes: [UInt8]) -> CalculatorTask? {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let found = text.wholeMatch(of: /\s*(-?[0-9.]+)\s*([-+*\/%])\s*(-?[0-9.]+)\s*/),
            let left = Double(found.1), let right = Double(found.3), let sign = found.2.first
        else { return nil }
        return CalculatorTask(left, sign, right)
    }

    /// The form of the first request: of several that fit it, the one with the smallest numbers.
    static func find(_ bytes: [UInt8], in forms: [CalculatorRequestForm]) -> CalculatorRequestForm?
    {
        func greatest(_ form: CalculatorRequestForm) -> Double? {
            guard form.layout == nil || bytes.count % form.size == 0 else { return nil }
            return form.task(bytes).map { max(abs($0.left), abs($0.right)) }
        }
        var best: (form: CalculatorRequestForm, number: Double)?
        for form in forms {
            guard let number = greatest(form), number < best?.number ?? .infinity else { continue }
            best = (form, number)
        }
        guard best?.form.textEnd != nil else { return best?.form }
        return CalculatorRequestForm(textEnd: bytes.last == 10 ? [10] : [])
    }
}

extension Play {
    var replyWords: String {
        switch self[CalculatorClientForm.self].reply {
        case _ where contest.reply != nil: "replies in the format that was given"
        case .text: "replies as text"
        case .number: "a number as reply"
        case .letterAndNumber: "a letter and a number as reply"
        case .sameStruct: "replies in the format of its requests"
        }
    }

    /// The reply to a client's last request, in the form that the client understands.
    func calculatorReply(to client: String) -> (words: String, bytes: [UInt8]) {
        let task = self[CalculatorTalk.self].tasks[client] ?? CalculatorTask(0, "+", 0)
        let result = task.result.isFinite ? (task.result * 10_000).rounded() / 10_000 : 0
        let request = self[CalculatorRequestForm.self]
        let kind = self[CalculatorClientForm.self].reply
        let prefix = "<!".contains(request.format.prefix(1)) ? request.format.prefix(1) : ""
        let code = request.layout?.fields.first(where: \.holdsNumber)?.code ?? "i"
        let format: String? =
            switch kind {
            case _ where contest.reply != nil: contest.reply
            case .text: nil
            case .number: "\(prefix)\(code)"
            case .letterAndNumber: "\(prefix)c\(code)"
            case .sameStruct: request.layout == nil ? nil : request.format
            }
        guard let format, let layout = try? StructLayout(format) else {
            // Of a length that no number has, so that nobody takes the text for one.
            let line = Array("\(result.short)\n".utf8)
            let isNumber = [1, 2, 4, 8, 9, 12, 16, 17, 24].contains(line.count)
            return (result.short, isNumber ? Array("\(result.short)\r\n".utf8) : line)
        }
        var isFirst = true
        let values = layout.fields.map { field -> StructValue in
            guard field.holdsNumber else { return .bytes([task.sign]) }
            let number = isFirst ? result : 0
            isFirst = false
            return field.kind == .integer ? .integer(Int128(number)) : .floating(number)
        }
        return (result.short, (try? layout.pack(values)) ?? [])
    }
}
