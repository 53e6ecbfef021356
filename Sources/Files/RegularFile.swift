import CSystem

/// A regular file open for reading, from any place in it; closes itself when it is dropped.
public final class RegularFile: Sendable {
    /// The name that it was opened by.
    public let name: String

    /// Its size when it was opened, in bytes.
    public let size: Int

    /// The descriptor, for `sendfile(2)`; it belongs to this object.
    public let descriptor: Int32

    init(descriptor: Int32, name: String, size: Int) {
        self.descriptor = descriptor
        self.name = name
        self.size = size
    }

    deinit {
        close(descriptor)
    }

    /// Returns the file's size as it is now, which differs from `size` if someone has written.
    ///
    /// - Throws: `FileError` for `read`.
    ///
    /// System call: `fstat(2)`.
    public func currentSize() throws(FileError) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw FileError(.read, name, .ofLastCall)
        }
        return Int(status.st_size)
    }

    /// Reads a part of the file to the beginning of `buffer`.
    ///
    /// - Parameters:
    ///   - buffer: The place for the bytes; it keeps its length.
    ///   - offset: Where to begin in the file, in bytes.
    ///   - count: How much to read, at most the buffer's length.
    /// - Returns: How many bytes were read: fewer than `count` only at the end of the file.
    /// - Throws: `FileError` for `read`.
    ///
    /// System call: `pread(2)`.
    public func read(
        into buffer: inout [UInt8], from offset: Int, count: Int
    ) throws(FileError) -> Int {
        precondition(count <= buffer.count, "the buffer is shorter than the part to read")
        return try fill(count) { done in
            buffer.withUnsafeMutableBytes { bytes in
                let rest = UnsafeMutableRawBufferPointer(rebasing: bytes[done..<count])
                return pread(descriptor, rest.baseAddress, rest.count, off_t(offset + done))
            }
        }
    }

    /// Reads a part of the file in blocks, with a gap before each for a header.
    ///
    /// One call fills a whole buffer of framed blocks, and no byte is moved afterwards.
    ///
    /// - Parameters:
    ///   - offset: Where to begin in the file, in bytes.
    ///   - count: How much to read, the gaps not counted.
    ///   - buffer: The place for the bytes: gap, block, gap, block; it keeps its length.
    ///   - blockSize: The size of every block but the last, in bytes.
    ///   - gap: The size of each gap, in bytes.
    /// - Returns: How many bytes were read: fewer than `count` only at the end of the file.
    /// - Throws: `FileError` for `read`.
    ///
    /// System call: `preadv(2)`.
    public func read(
        from offset: Int, count: Int, into buffer: inout [UInt8], blockSize: Int, gap: Int
    ) throws(FileError) -> Int {
        precondition(blockSize > 0 && gap >= 0 && count >= 0, "a block has a size")
        let blockCount = (count + blockSize - 1) / blockSize
        precondition(count + blockCount * gap <= buffer.count, "the blocks do not fit")
        return try fill(count) { done in
            buffer.withUnsafeMutableBytes { bytes in
                let parts = Self.blocks(
                    of: bytes, from: done, to: count, blockSize: blockSize, gap: gap)
                return preadv(descriptor, parts, Int32(parts.count), off_t(offset + done))
            }
        }
    }

    /// Describes where the bytes from number `done` up to `count` lie in the blocks in `bytes`.
    private static func blocks(
        of bytes: UnsafeMutableRawBufferPointer, from done: Int, to count: Int, blockSize: Int,
        gap: Int
    ) -> [iovec] {
        var parts: [iovec] = []
        var position = done
        // POSIX promises only 16 parts, but every system in use takes 1,024.
        while position < count, parts.count < 1_024 {
            let (block, inside) = position.quotientAndRemainder(dividingBy: blockSize)
            let length = min(blockSize - inside, count - position)
            let start = block * (gap + blockSize) + gap + inside
            let part = UnsafeMutableRawBufferPointer(rebasing: bytes[start..<start + length])
            parts.append(iovec(iov_base: part.baseAddress, iov_len: length))
            position += length
        }
        return parts
    }

    /// Repeats `call` with the number of bytes read so far, until all bytes are read or the file
    /// ends.
    private func fill(_ count: Int, by call: (Int) -> Int) throws(FileError) -> Int {
        var done = 0
        while done < count {
            let (result, error) = retrying { call(done) }
            guard error == 0 else { throw FileError(.read, name, Reason(errno: error)) }
            guard result > 0 else { break }
            done += result
        }
        return done
    }
}
