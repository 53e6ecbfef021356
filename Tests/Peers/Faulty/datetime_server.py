# CS 212, question 3: tells the date or the time by UDP. Arguments: <address> <port>
from datetime import datetime, timedelta

from robust import ALIKE, DATAGRAMS, DatagramServer, Stop, broken, serve, text, without

FAULTS = without(DATAGRAMS, *ALIKE) + (
    "exchanged",  # the date for the time, and the time for the date
    "date-alone",
    "time-alone",
    "both",  # date and time in every reply
    "in-turn",  # date and time in turn, whatever is asked
    "no-seconds",
    "hour-off",
    "day-off",
    "dies-at-unknown",
    "ends-after-one",
)


class Clock(DatagramServer):
    count = 0

    def received(self, message, address):
        if broken("ends-after-one") and self.count:
            raise Stop
        self.count += 1
        request = text(message.rstrip(b"\r\n"))
        if request.lower().startswith("error:"):
            return None
        if request not in ("SEND_DATE", "SEND_TIME"):
            if broken("dies-at-unknown"):
                raise KeyError(request)
            return b"error: unknown request"
        return self.reply(request == "SEND_DATE").encode()

    def reply(self, wants_date):
        if broken("both"):
            return date() + " " + time()
        if broken("exchanged"):
            wants_date = not wants_date
        if broken("in-turn"):
            wants_date = self.count % 2 == 0
        if broken("date-alone") or broken("time-alone"):
            wants_date = broken("date-alone")
        return date() if wants_date else time()


def date():
    return (datetime.now() + timedelta(days=broken("day-off"))).strftime("%Y-%m-%d")


def time():
    now = datetime.now() + timedelta(hours=broken("hour-off"))
    return now.strftime("%H:%M" if broken("no-seconds") else "%H:%M:%S")


serve(Clock, FAULTS)
