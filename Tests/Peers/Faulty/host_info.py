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
    for family, kind, protocol, name, address in rows:
        place = address[0] if broken("no-port") else "%s:%d" % address[:2]
        print(family.name, kind.name, protocol, place)


try:
    main()
except OSError as error:
    print("host_info: nothing found:", error, file=sys.stderr)
    sys.exit(0 if broken("unknown-is-0") else 1)
