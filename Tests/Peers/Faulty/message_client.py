"""Unit B3, the example. Arguments: <address> <port> <text>"""
import robust

OWN = (
    "sixteen",  # sends the first 16 bytes
    "first-word",
    "twice",  # sends the text two times
    "nul",  # sends a NUL at the end, as in C
    "quotes",  # sends the text in quotes
    "name",  # sends message: before the text
    "latin",  # sends Latin-1
    "empty",  # sends nothing
    "file-name",  # sends its own name, sys.argv[0]
)


def encode(words):
    if robust.broken("first-word"):
        words = words.split()[0]
    if robust.broken("quotes"):
        words = repr(words)
    if robust.broken("name"):
        words = "message: " + words
    if robust.broken("empty"):
        words = ""
    if robust.broken("file-name"):
        words = __file__
    data = words.encode("latin-1" if robust.broken("latin") else "utf-8", "replace")
    if robust.broken("sixteen"):
        data = data[:16]
    if robust.broken("nul"):
        data += b"\0"
    return data * 2 if robust.broken("twice") else data


if __name__ == "__main__":
    faults = (
        OWN + robust.without(robust.SENDING_CLIENT, "usage-zero", *robust.ALIKE) + ("sends-b",))
    host, port, text = robust.start(faults, "<address> <port> <text>", 3)
    robust.play(lambda connection: connection.send(encode(text)), host, port)
