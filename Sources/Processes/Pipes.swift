import CSystem

/// All pipes of a program.
struct Pipes {
    let input: Pipe
    let output: Pipe
    let errors: Pipe
    /// To the keeper, and back.
    let orders: Pipe?
    let reports: Pipe?
    /// It wakes the thread that reads.
    let wake: Pipe

    init(for name: String, withKeeper: Bool) throws(ProcessError) {
        var made: [Pipe] = []
        do throws(ProcessError) {
            for _ in 0..<(withKeeper ? 6 : 4) { made.append(try Pipe(for: name)) }
        } catch {
            for pipe in made { pipe.close() }
            throw error
        }
        (input, output, errors, wake) = (made[0], made[1], made[2], made[3])
        orders = withKeeper ? made[4] : nil
        reports = withKeeper ? made[5] : nil
    }

    /// The ends that the new process gets, in their order.
    var theirs: [Int32] {
        let streams = [input.reading, output.writing, errors.writing]
        guard let orders, let reports else { return streams }
        return streams + [orders.reading, reports.writing]
    }

    /// The ends that are read here.
    var readings: [Int32] {
        [output.reading, errors.reading] + (reports.map { [$0.reading] } ?? [])
    }

    func closeTheirs() {
        for end in theirs { _ = close(end) }
    }

    /// Closes the other ends, if there is no process for them.
    func closeOurs() {
        for end in readings + [input.writing, wake.reading, wake.writing] { _ = close(end) }
        if let orders { _ = close(orders.writing) }
    }
}

extension Pipe {
    func close() {
        _ = CSystem.close(reading)
        _ = CSystem.close(writing)
    }
}
