/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is said on a connection that curl has made, encrypted and logged in on (imap_connect.c):
 *
 *	CAPABILITY ─▶ SELECT ─▶ SEARCH ─▶ SIZE ─▶ BODY ─▶ STORE ─▶ EXPUNGE ─▶ SIZE of the next …, the end
 *	                                    ╰──too large──▲
 *
 * One mail at a time, so that no more than one is held in memory. It is marked only after what follows from it has been
 * committed: if all ends between the two, it is fetched again and known again. To delete it, and not
 * whatever somebody else has marked as deleted, needs UIDPLUS (RFC 4315); a server without it expunges all of those.
 */
#include <inttypes.h>
#include <string.h>

#include "inbox/imap_internal.h"
#include "message/incoming.h"

/* ---- a mail after the other -------------------------------------------------------------------------------- */

static bool ask_for_next(struct imap_session *s)
{
	if (s->at == s->uid_count) {
		imap_session_end(s, *s->withheld ? s->withheld : NULL,
				 s->more_left && s->marked > 0);
		return false;
	}
	s->fetched = false;
	return imap_session_command(s, IMAP_SIZE, "UID FETCH %" PRIu32 " (RFC822.SIZE)",
				    s->uids[s->at]);
}

static bool go_to_next(struct imap_session *s)
{
	s->at++;
	return ask_for_next(s);
}

static bool mark(struct imap_session *s)
{
	if (s->fate == IMAP_STOPS) {
		imap_session_lost(s, "a mail was read that the store could not take in");
		return false;
	}
	if (s->fate == IMAP_WAITS)
		return go_to_next(s);
	return imap_session_command(s, IMAP_STORE, "UID STORE %" PRIu32 " +FLAGS.SILENT (%s)",
				    s->uids[s->at],
				    s->fate == IMAP_TAKEN ? "\\Seen \\Deleted" : "\\Seen");
}

static void hand_on(struct imap_session *s, const char *bytes, size_t length)
{
	s->fate = s->calls->mail(s->userdata, &(struct mail_in){ bytes, length, NULL });
}

/* FETCH of another mail is what the server tells by the way. */
static bool hear_fetch(struct imap_session *s, char *text)
{
	struct imap_fetched f;
	const char *bytes;
	size_t length;

	if (!imap_fetch(text, &f))
		return false;
	if (f.uid != s->uids[s->at] || s->fetched)
		return true;
	if (s->phase == IMAP_SIZE && f.has_size) {
		s->fetched = true;
		s->size = f.size;
	} else if (s->phase == IMAP_BODY && f.has_body) {
		s->fetched = true;
		bytes = f.in_literal ? s->reply.literal.bytes : f.body;
		length = f.in_literal ? s->reply.literal_size : f.body_length;
		hand_on(s, bytes ? bytes : "", length);
	}
	return true;
}

/* The size is known, or the mail is gone. */
static bool have_size(struct imap_session *s)
{
	if (!s->fetched)
		return go_to_next(s);
	if (s->size > INCOMING_MAX) {
		hand_on(s, "", s->size);
		return mark(s);
	}
	s->fetched = false;
	return imap_session_command(s, IMAP_BODY, "UID FETCH %" PRIu32 " (BODY.PEEK[])",
				    s->uids[s->at]);
}

static bool have_stored(struct imap_session *s)
{
	s->marked++;
	if (s->fate != IMAP_TAKEN)
		return go_to_next(s);
	if (s->has_uidplus)
		return imap_session_command(s, IMAP_EXPUNGE, "UID EXPUNGE %" PRIu32,
					    s->uids[s->at]);
	return imap_session_command(s, IMAP_EXPUNGE, "EXPUNGE");
}

/* ---- what is answered ----------------------------------------------------------------------------------------- */

/* The command has been carried out. False: the session is over. */
static bool go_on(struct imap_session *s, const char *words)
{
	switch (s->phase) {
	case IMAP_CAPABILITIES:
		return imap_session_command(s, IMAP_SELECT, "SELECT \"%s\"", s->settings->mailbox);
	case IMAP_SELECT:
		if (imap_has_word(words, "READ-ONLY")) {
			imap_session_lost(s, "its user may only read the mailbox, and mails have "
					     "to be marked there");
			return false;
		}
		return imap_session_command(s, IMAP_SEARCHING, "UID SEARCH UNSEEN UNDELETED");
	case IMAP_SEARCHING:
		return ask_for_next(s);
	case IMAP_SIZE:
		return have_size(s);
	case IMAP_BODY:
		return s->fetched ? mark(s) : go_to_next(s);
	case IMAP_STORE:
		return have_stored(s);
	default:
		return go_to_next(s);
	}
}

static bool hear_search(struct imap_session *s, const char *text)
{
	const int n = imap_search(text, s->reply.cut, s->uids, IMAP_MAILS_MAX);

	s->uid_count = n > 0 ? (size_t)n : 0;
	s->more_left = n == IMAP_MAILS_MAX || s->reply.cut;
	return n >= 0;
}

/* The command was refused. A mail that the server can't hand out, as one that it has damaged, keeps back no other. */
static bool refused(struct imap_session *s, bool no, const char *words)
{
	if (!no || (s->phase != IMAP_SIZE && s->phase != IMAP_BODY)) {
		imap_session_refused(s, words);
		return false;
	}
	imap_session_answer(s, words, s->withheld);
	return go_to_next(s);
}

/* A response is complete. False: the session is over. */
bool imap_session_step(struct imap_session *s)
{
	const char *text;
	const enum imap_kind kind = imap_kind(s->reply.line, s->tag, &text);
	bool sound = true;

	switch (kind) {
	case IMAP_OK:
		return go_on(s, text);
	case IMAP_NO:
	case IMAP_BAD:
		return refused(s, kind == IMAP_NO, s->reply.line + strlen(s->tag) + 1);
	case IMAP_BYE:
		imap_session_refused(s, s->reply.line + 2);
		return false;
	case IMAP_CAPABILITY:
		s->has_uidplus = imap_has_word(text, "UIDPLUS");
		break;
	case IMAP_SEARCH:
		if (s->phase == IMAP_SEARCHING)
			sound = hear_search(s, text);
		break;
	case IMAP_FETCH:
		if (s->phase == IMAP_SIZE || s->phase == IMAP_BODY)
			sound = hear_fetch(s, s->reply.line + (text - s->reply.line));
		break;
	case IMAP_OTHER:
		break;
	case IMAP_WRONG:
		sound = false;
	}
	if (!sound)
		imap_session_refused(s, s->reply.line);
	return sound;
}
