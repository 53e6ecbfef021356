/// Returns the word that `word` is most likely a slip of, or nil if none is near enough.
///
/// - Parameters:
///   - word: What was typed.
///   - known: The words that exist; of two equally near the earlier is taken.
func nearestSpelling(to word: String, among known: [String]) -> String? {
    // Leading minus signs tell nothing about what was meant.
    let typed = word.drop { $0 == "-" }
    let allowed = max(1, min(2, typed.count / 3))
    let distances = known.map { editDistance(Array(typed), Array($0.drop { $0 == "-" })) }
    guard let least = distances.min(), least <= allowed, least < typed.count else { return nil }
    return zip(known, distances).first { $0.1 == least }?.0
}

/// Counts the letters to insert, remove, replace or swap with their neighbour to make `a` of `b`.
///
/// Optimal string alignment: a swap of two neighbours, the commonest slip, counts as one.
func editDistance(_ a: [Character], _ b: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
        var row = [i + 1]
        for j in b.indices {
            let cost = a[i] == b[j] ? 0 : 1
            var best = min(last[j] + cost, last[j + 1] + 1, row[j] + 1)
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                best = min(best, beforeLast[j - 1] + 1)
            }
            row.append(best)
        }
        (beforeLast, last) = (last, row)
    }
    return last[b.count]
}
