// What the kernel knows about another program's end of a connection.

#ifndef SOCKET_DIAGNOSIS_H
#define SOCKET_DIAGNOSIS_H

// The bytes that have arrived at one end of a TCP connection over 127.0.0.1 and have not been read,
// by the ports of this end and of its peer; -1 if there is no such connection, or nobody tells.
// sock_diag(7)
int system_unread_bytes(unsigned short local, unsigned short remote);

#endif
