# Programming 2, General Information through sockets. Arguments: [<name> [<service>]]
import ipaddress
import socket
import sys

from robust import PROGRAM, broken, start, without

FAULTS = without(PROGRAM, "usage-zero") + (
    "empty-name",
    "misses-an-address",
    "name-for-address",
    "address-for-name",
    "no-service",
    "first-row-alone",
    "no-family",
    "no-type",
    "no-protocol",
    "no-port",
    "unknown-is-0",
)
arguments = start(FAULTS, "[<name> [<service>]]", 0)


def main():
    if not arguments:
        print("" if broken("empty-name") else socket.gethostname())
    elif len(arguments) == 1 and is_address(arguments[0]):
        print(arguments[0] if broken("address-for-name") else socket.gethostbyaddr(arguments[0])[0])
    elif len(arguments) == 1:
        show_addresses(arguments[0])
    else:
        show_rows(arguments[0], None if broken("no-service") else arguments[1])


def is_address(text):
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def show_addresses(name):
    rows = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    addresses = [row[4][0] for row in sorted(rows, key=lambda row: row[0])]
    if broken("name-for-address"):
        addresses = [name]
    if broken("misses-an-address"):
        addresses = addresses[1:]
    for address in dict.fromkeys(addresses):
        print(address)


def show_rows(name, service):
    rows = socket.getaddrinfo(name, service)
    for family, kind, protocol, name, address in rows[:1] if broken("first-row-alone") else rows:
        fields = [] if broken("no-family") else [family.name]
        fields += [] if broken("no-type") else [kind.name]
        fields += [] if broken("no-protocol") else [str(protocol)]
        print(*fields, address[0] if broken("no-port") else "%s:%d" % address[:2])


try:
    main()
except OSError as error:
    print("host_info: nothing found:", error, file=sys.stderr)
    sys.exit(0 if broken("unknown-is-0") else 1)
