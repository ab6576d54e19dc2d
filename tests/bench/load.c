/* SPDX-License-Identifier: Apache-2.0 */
/*
 * load ENDPOINT EVENTS WINDOW [BYTES [SOURCE SERVER_KEY]]
 *
 * One DEALER that keeps WINDOW status events of BYTES bytes (300) under way until EVENTS were answered
 * `accepted`, and prints as JSON what that took: {"events","seconds","rate","p50","p99","max"}, latencies in
 * microseconds from the event's send to its answer. Anything but `accepted` ends it with exit 1. On SIGTERM it
 * sends no more, and tells of those that were answered.
 *
 * With SOURCE, such as /people/anna, and the server's public key it speaks over CURVE; its own secret key is
 * the environment's PAMINN_LOAD_KEY.
 *
 * Answers come in the order of the events, so event n's answer is the n-th.
 */
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <zmq.h>

#define EVENT_ROOM 4096
#define ANSWER_ROOM 1024
#define SILENCE_MS 30000

static volatile sig_atomic_t over;

static void end(int signal)
{
	(void)signal;
	over = 1;
}

static int64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

static void die(const char *what)
{
	fprintf(stderr, "load: %s: %s\n", what, zmq_strerror(zmq_errno()));
	exit(1);
}

static const char *source = "/local/load";

/* Event n, filled up with a note to `bytes` bytes. */
static size_t write_event(char *out, size_t n, size_t bytes)
{
	static const char end[] = "\"}}";
	int length = snprintf(out, EVENT_ROOM,
			      "{\"specversion\":\"1.0\",\"id\":\"load-%d-%zu\","
			      "\"source\":\"%s\",\"type\":\"paminn.status\","
			      "\"subject\":\"M-%zu\",\"data\":{\"status\":\"on-track\","
			      "\"progress\":%zu,\"note\":\"",
			      (int)getpid(), n, source, n % 100, n % 101);
	size_t at = (size_t)length;

	while (at + strlen(end) < bytes)
		out[at++] = 'x';
	memcpy(out + at, end, sizeof(end));
	return at + strlen(end);
}

static void send_event(void *peer, size_t n, size_t bytes)
{
	char event[EVENT_ROOM];
	size_t length = write_event(event, n, bytes);

	if (zmq_send(peer, "", 0, ZMQ_SNDMORE) < 0 || zmq_send(peer, event, length, 0) < 0)
		die("send");
}

static void receive_answer(void *peer)
{
	char answer[ANSWER_ROOM];
	int length;

	do
		length = zmq_recv(peer, answer, sizeof(answer), 0);
	while (length < 0 && zmq_errno() == EINTR);
	if (length < 0)
		die("the answer's first frame");
	length = zmq_recv(peer, answer, sizeof(answer) - 1, 0);
	if (length < 0)
		die("the answer");
	answer[length < ANSWER_ROOM ? length : ANSWER_ROOM - 1] = '\0';
	if (!strstr(answer, "\"accepted\"")) {
		fprintf(stderr, "load: answered with %s\n", answer);
		exit(1);
	}
}

static int compare(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void run(void *peer, size_t events, size_t window, size_t bytes)
{
	int64_t *took = calloc(events, sizeof(*took)), began = now_ns();
	const struct sigaction act = { .sa_handler = end };
	double seconds;

	if (!took)
		exit(1);
	sigaction(SIGTERM, &act, NULL);
	for (size_t sent = 0, answered = 0; answered < events; answered++) {
		if (over && events > sent)
			events = sent;
		if (answered == events)
			break;
		for (; sent < events && sent - answered < window; sent++) {
			took[sent] = now_ns();
			send_event(peer, sent, bytes);
		}
		receive_answer(peer);
		took[answered] = now_ns() - took[answered];
	}
	seconds = (double)(now_ns() - began) / 1e9;
	qsort(took, events, sizeof(*took), compare);
	printf("{\"events\":%zu,\"seconds\":%.3f,\"rate\":%.0f,\"p50\":%.0f,\"p99\":%.0f,\"max\":%."
	       "0f}\n",
	       events, seconds, (double)events / seconds, (double)took[events / 2] / 1e3,
	       (double)took[events - 1 - events / 100] / 1e3, (double)took[events - 1] / 1e3);
	free(took);
}

static void use_keys(void *peer, const char *server_key)
{
	const char *secret = getenv("PAMINN_LOAD_KEY");
	char public[41];

	if (!secret || zmq_curve_public(public, secret) < 0 ||
	    zmq_setsockopt(peer, ZMQ_CURVE_SERVERKEY, server_key, 41) < 0 ||
	    zmq_setsockopt(peer, ZMQ_CURVE_PUBLICKEY, public, 41) < 0 ||
	    zmq_setsockopt(peer, ZMQ_CURVE_SECRETKEY, secret, 41) < 0)
		die("the keys");
}

int main(int argc, char **argv)
{
	const int silence = SILENCE_MS, none = 0;
	size_t events, window, bytes;
	void *context, *peer;

	if (argc < 4) {
		fprintf(stderr, "usage: load ENDPOINT EVENTS WINDOW [BYTES [SOURCE SERVER_KEY]]\n");
		return 64;
	}
	events = strtoul(argv[2], NULL, 10);
	window = strtoul(argv[3], NULL, 10);
	bytes = argc > 4 ? strtoul(argv[4], NULL, 10) : 300;
	if (!events || !window || bytes >= EVENT_ROOM - 300) {
		fprintf(stderr, "load: a number is out of range\n");
		return 64;
	}
	context = zmq_ctx_new();
	peer = zmq_socket(context, ZMQ_DEALER);
	if (!peer)
		die("socket");
	zmq_setsockopt(peer, ZMQ_RCVTIMEO, &silence, sizeof(silence));
	zmq_setsockopt(peer, ZMQ_LINGER, &none, sizeof(none));
	zmq_setsockopt(peer, ZMQ_SNDHWM, &none, sizeof(none));
	zmq_setsockopt(peer, ZMQ_RCVHWM, &none, sizeof(none));
	if (argc > 6) {
		source = argv[5];
		use_keys(peer, argv[6]);
	}
	if (zmq_connect(peer, argv[1]) < 0)
		die(argv[1]);
	run(peer, events, window, bytes);
	zmq_close(peer);
	zmq_ctx_term(context);
	return 0;
}
