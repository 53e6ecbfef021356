# Programming 2, Simulating a HTTP client. Arguments: <host>[:<port>] [<path>], or an http:// URL
import sys

from robust import SILENT_CLIENT, broken, play, start, without

FAULTS = without(SILENT_CLIENT, "usage-zero", "pieces") + (
    "no-host",
    "host-of-another",  # Host: names example.com, as on the slide
    "path-ignored",
    "line-feeds-alone",  # the request's lines end in \n without \r
    "no-empty-line",  # the request has no end
    "shows-nothing",
    "first-recv-alone",  # of at most 4,096 bytes
    "waits-for-close",  # does not ask for it, and looks at no length
    "length-short-by-1",
    "chunks-as-they-are",  # sizes and line ends of the chunks are left in the body
    "decimal-chunks",  # takes the size 10 for ten bytes
    "first-chunk-alone",
    "keeps-chunk-ends",
    "silent-404",
)
status = 0


def main(arguments):
    host, port, path = parts_of(arguments)

    def conversation(server):
        global status
        server.send(request_for(host, port, path))
        status = response(server)

    play(conversation, host, port)
    sys.exit(status)


def parts_of(arguments):
    place = arguments[0]
    path = arguments[1] if len(arguments) > 1 else "/"
    if place.startswith("http://"):
        place, slash, rest = place[7:].partition("/")
        path = slash + rest or "/"
    host, _, port = place.partition(":")
    return host, int(port or 80), path


def request_for(host, port, path):
    if broken("path-ignored"):
        path = "/"
    if port != 80:
        host = "%s:%d" % (host, port)
    if broken("host-of-another"):
        host = "example.com"
    lines = ["GET %s HTTP/1.1" % path, "Host: " + host, "Accept: */*", "Connection: close", "", ""]
    if broken("no-host"):
        del lines[1]
    if broken("waits-for-close"):
        lines.remove("Connection: close")
    if broken("no-empty-line"):
        del lines[-2]
    return ("\n" if broken("line-feeds-alone") else "\r\n").join(lines).encode()


def response(server):
    """Shows the body and returns the exit status."""
    status = 100
    while 100 <= status < 200:
        status = int(server.message(line).split()[1])
        fields = fields_of(server)
    if broken("first-recv-alone"):
        show(server.cut(min(4096, len(server.input))))
        return 0
    if status >= 400:
        if not (status == 404 and broken("silent-404")):
            print("http_get: the server answers", status, file=sys.stderr)
        return 1
    if status in (204, 304):
        return 0
    if whole_body(server, fields):
        return 0
    print("http_get: the response is cut off", file=sys.stderr)
    return 1


def line(server):
    at = server.input.find(b"\n")
    return server.cut(at + 1).decode("latin-1").strip() if at >= 0 else None


def fields_of(server):
    fields = {}
    while True:
        field = server.message(line)
        if not field:
            return fields
        name, _, value = field.partition(":")
        fields[name.title()] = value.strip()


def whole_body(server, fields):
    """Shows the body; tells whether it came whole."""
    coding = fields.get("Transfer-Encoding", "").lower()
    if coding == "chunked" and not broken("chunks-as-they-are"):
        return show_chunks(server)
    if "Content-Length" in fields and not broken("waits-for-close"):
        length = int(fields["Content-Length"])
        return show_bytes(server, length - 1 if broken("length-short-by-1") else length)
    show_bytes(server, None)
    return True


def show_chunks(server):
    while True:
        digits = server.message(line).split(";")[0].strip()
        size = int(digits, 10 if broken("decimal-chunks") and digits.isdigit() else 16)
        if not size:
            return True
        if not show_bytes(server, size + 2 if broken("keeps-chunk-ends") else size):
            return False
        if broken("first-chunk-alone"):
            return True
        if not broken("keeps-chunk-ends"):
            server.message(line)


def show_bytes(server, left):
    """Shows so many bytes, or all until the server closes; tells whether they came."""
    while left is None or left > 0:
        if not server.input:
            if server.ended:
                break
            server.read()
            if server.error is not None:
                raise server.error
        piece = server.cut(len(server.input) if left is None else min(left, len(server.input)))
        show(piece)
        left = left and left - len(piece)
    return not left


def show(body):
    if broken("shows-nothing"):
        return
    sys.stdout.buffer.write(body)
    sys.stdout.flush()


if __name__ == "__main__":
    main(start(FAULTS, "<host>[:<port>] [<path>]", 1))
