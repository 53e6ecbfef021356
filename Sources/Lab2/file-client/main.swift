// Fetches a file from a server, whole or not at all.
//
// Redes de Computadores, Lab 2, Assignment 3. In two terminals:
//
//     swift run file-server 12000 --root .
//     swift run file-client localhost:12000:README.md copy.md

import Console
import Files
import Protocol
import Sockets

let program = Program("file-client", "Fetches a file from a server, whole or not at all.")
let source = program.requiredOperand(
    "<server>:<port>:<name>", "the server, and the file's name there; IPv6 in brackets",
    example: "localhost:12000:README.md", parse: { try FileSource($0) })
let target = program.requiredOperand("<local name>", "the file to write", example: "copy.md")
let plain = program.flag("plain", "speaks to a server that sends bare files, as most students' do")
let timeout = program.timeout()
let trace = program.trace()

program.run {
    let source = source.value
    let request = try FileRequest(source.name, isFramed: !plain.value).encoded()
    let file = try ReplacementFile(target.value)
    let server = try Socket.connection(
        to: (source.host, source.port), timeout: timeout.value, speaksFirst: true)
    trace.value?("to \(source): request for \"\(source.name.escaped)\" [\(hexadecimal(request))]")
    try server.sendAll(request)

    var download = Download(of: target.value, into: file, trace: trace.value)
    if plain.value {
        // It fails only if the server has reset the connection, and the next receive tells that.
        try? server.shutdown(.sending)
        try download.takeBareBytes(from: server)
    } else {
        try download.takeBlocks(from: server)
    }
    try file.commit()
    server.closeGracefully()
    if plain.value, download.count == 0 {
        diagnose("0 bytes came; the file may be missing on the server")
    }
    print("\(target.value): \(download.count) bytes")
}
