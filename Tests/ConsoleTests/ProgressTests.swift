import Testing

@testable import Console

@Suite struct ProgressTests {
    @Test(arguments: [
        (0.0, "0 bytes"), (999, "999 bytes"), (1_000, "1.0 kB"), (1_049, "1.0 kB"),
        (1_050, "1.1 kB"), (999_949, "999.9 kB"), (999_960, "1.0 MB"), (5e9, "5.0 GB"),
        (1.5e15, "1500.0 TB"),
    ]) func amountsHaveOneDecimal(bytes: Double, text: String) {
        #expect(amount(bytes) == text)
    }

    @Test func theLineFitsTheTerminal() {
        func line(_ width: Int) -> String {
            progressLine(
                "notes.txt", done: 2_000_000, total: 5_000_000, elapsed: .seconds(2), width: width)
        }
        #expect(
            line(79)
                == "notes.txt  40 % [========            ] 2.0 MB of 5.0 MB, 1.0 MB/s, 3 s left")
        #expect(line(70) == "notes.txt  40 % [====      ] 2.0 MB of 5.0 MB, 1.0 MB/s, 3 s left")
        #expect(line(55) == "notes.txt  40 %  2.0 MB of 5.0 MB, 1.0 MB/s, 3 s left")
        #expect(line(20) == "40 %  2.0 MB of 5.0 ")
        #expect(line(0) == "")
    }

    @Test func nothingKnownIsNothingClaimed() {
        #expect(
            progressLine("a", done: 0, total: 0, elapsed: .zero, width: 79)
                == "a  100 % [====================] 0 bytes of 0 bytes, 0 bytes/s")
        #expect(
            progressLine("a", done: 1, total: 7_201, elapsed: .seconds(1), width: 79)
                == "a  0 % [                    ] 1 bytes of 7.2 kB, 1 bytes/s, 2 h 0 min left")
    }

    @Test func unknownTotalShowsNoBar() {
        #expect(
            progressLine("a", done: 3_000_000, total: nil, elapsed: .seconds(2), width: 79)
                == "a  3.0 MB, 1.5 MB/s")
    }
}
