/* SPDX-License-Identifier: Apache-2.0 */
/* Addresses of sockets: which can be used, and who reaches them. */
#include <arpa/inet.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>

#include "plan/reader.h"

#define IPC_MAX 107 /* sockaddr_un.sun_path, less its NUL */

/* Is it a decimal port, 1-65535? */
static bool is_port(const char *text)
{
	size_t digits = strspn(text, "0123456789");
	long port = digits && digits <= 5 && !text[digits] ? strtol(text, NULL, 10) : 0;

	return port >= 1 && port <= 65535;
}

/* The host of "host:port" into out, without brackets; false when either can't be. */
static bool split_host(const char *text, char *host, size_t size, bool *ret_bracketed)
{
	const char *colon = strrchr(text, ':');
	size_t length = colon ? (size_t)(colon - text) : 0;

	*ret_bracketed = length > 2 && text[0] == '[' && text[length - 1] == ']';
	if (*ret_bracketed) {
		text++;
		length -= 2;
	}
	if (length == 0 || length >= size || !is_port(colon + 1))
		return false;
	memcpy(host, text, length);
	host[length] = '\0';
	return true;
}

bool host_port_is_valid(const char *text)
{
	static const char *const letters =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";
	unsigned char binary[16];
	char host[256];
	bool bracketed;

	if (!split_host(text, host, sizeof(host), &bracketed))
		return false;
	return bracketed ? inet_pton(AF_INET6, host, binary) == 1 : !host[strspn(host, letters)];
}

bool server_is_valid(const char *url)
{
	return strncmp(url, "smtp://", 7) == 0 && host_port_is_valid(url + 7);
}

static bool is_loopback(const char *host, bool bracketed)
{
	unsigned char binary[16];
	static const unsigned char one[16] = { [15] = 1 };

	if (bracketed)
		return inet_pton(AF_INET6, host, binary) == 1 && memcmp(binary, one, 16) == 0;
	return strcmp(host, "localhost") == 0 ||
	       (inet_pton(AF_INET, host, binary) == 1 && binary[0] == 127);
}

const char *endpoint_fault(const char *address, enum reach *ret)
{
	char host[256];
	bool bracketed;

	if (strncmp(address, "ipc://", 6) == 0) {
		*ret = REACH_FILE;
		if (!address[6] || strchr("@*", address[6]))
			return "is not the path of a socket: ipc:///run/paminn/submit.sock";
		return strlen(address + 6) <= IPC_MAX ? NULL
						      : "has a path longer than 107 bytes, the "
							"system's limit for a socket";
	}
	if (strncmp(address, "tcp://", 6) != 0)
		return "is neither ipc://PATH nor tcp://HOST:PORT";
	if (!split_host(address + 6, host, sizeof(host), &bracketed))
		return "is not tcp://HOST:PORT with a port of 1 to 65535";
	*ret = is_loopback(host, bracketed) ? REACH_LOOPBACK : REACH_REMOTE;
	return NULL;
}

/* libzmq binds to an address or to an interface by its name, and never looks a host up. */
const char *endpoint_bind_fault(const char *address)
{
	unsigned char binary[16];
	char host[256];
	bool bracketed;

	if (strncmp(address, "tcp://", 6) != 0 ||
	    !split_host(address + 6, host, sizeof(host), &bracketed))
		return NULL;
	if (bracketed ? inet_pton(AF_INET6, host, binary) == 1
		      : strcmp(host, "*") == 0 || inet_pton(AF_INET, host, binary) == 1 ||
				if_nametoindex(host))
		return NULL;
	return "is the name of a host, and only an address of this machine can be listened at, "
	       "such "
	       "as 10.0.0.5, or * for all of them";
}

bool server_is_loopback(const char *url)
{
	char host[256];
	bool bracketed;

	return split_host(strstr(url, "://") + 3, host, sizeof(host), &bracketed) &&
	       is_loopback(host, bracketed);
}

bool host_is_loopback(const char *host)
{
	return is_loopback(host, strchr(host, ':') != NULL);
}

bool host_and_port(const char *text, char ret_host[static HOST_TEXT], unsigned *ret_port)
{
	unsigned char binary[16];
	char host[256];
	bool bracketed;
	int family;

	if (!split_host(text, host, sizeof(host), &bracketed))
		return false;
	family = bracketed ? AF_INET6 : AF_INET;
	if (inet_pton(family, host, binary) != 1)
		return false;
	*ret_port = (unsigned)strtoul(strrchr(text, ':') + 1, NULL, 10);
	return inet_ntop(family, binary, ret_host, HOST_TEXT) != NULL;
}
