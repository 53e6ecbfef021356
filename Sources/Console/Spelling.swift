/// Returns the known word that the user most likely meant by `word`, or nil if none is near enough.
///
/// - Parameters:
///   - word: The typed word.
///   - known: The words that exist; if two are equally near, the earlier one is taken.
func nearestSpelling(to word: String, among known: [String]) -> String? {
    // Leading minus signs do not help to find the word.
    let typed = word.drop { $0 == "-" }
    let allowed = max(1, min(2, typed.count / 3))
    let distances = known.map { editDistance(Array(typed), Array($0.drop { $0 == "-" })) }
    guard let least = distances.min(), least <= allowed, least < typed.count else { return nil }
    return zip(known, distances).first { $0.1 == least }?.0
}

/// Counts the changes that turn `b` into `a`: a letter inserted, removed, replaced, or swapped with
/// its neighbour.
///
/// This is the optimal string alignment: a swap of two neighbours, the most common slip, counts as
/// one.
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
