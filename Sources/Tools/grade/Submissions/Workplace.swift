import CSystem
import Processes

/// One folder for all folders of a run, which is gone afterwards, whatever ends the run.
///
/// A small process outlives this one for a moment, and removes the folder when this one has gone,
/// even by Ctrl-C or by a signal that nobody can catch.
final class Workplace {
    private let folder: ScratchFolder
    private let cleaner: ChildProcess

    /// Makes the folder; from now on all others are made in it.
    init() throws(ProcessError) {
        folder = try ScratchFolder("grade")
        // Its input ends with this process. The programs may still write for a moment.
        let script = """
            read -r line
            [ "$line" = done ] && exit
            tries=0
            while [ -e "$0" ] && [ "$tries" -lt 50 ]; do
                chmod -R u+rwX "$0"; rm -rf "$0"; sleep 0.1; tries=$((tries + 1))
            done
            """
        cleaner = try ChildProcess(
            ["/bin/sh", "-c", script, folder.path],
            environment: ["PATH": Contest.searchPath], ownGroup: true)
        setenv("TMPDIR", folder.path, 1)
    }

    /// Removes the folder.
    func close() {
        folder.remove()
        try? cleaner.write(Array("done\n".utf8), within: .seconds(1))
        _ = cleaner.wait(within: .seconds(1)) { $0.exit }
        _ = cleaner.end(asking: .zero)
    }
}
