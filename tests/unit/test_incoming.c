/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mails that come in, as servers and people write them: tests/samples/incoming. Each was written anew for this test; their
 * structure, headers and wording are those of the program that the name tells.
 */
#include "message/incoming.h"

#include <stdlib.h>
#include <string.h>

#include "unit.h"

/* The tokens of the mail that they are about: of its envelope, and of its Message-ID. */
#define SENT "41-1-k3v7q2xw5n6hjd4ctb3fzrya"
#define MADE "41-0-m6r2y4sdf7gph3tq5wxk2jba"

static const struct {
	const char *file;
	enum incoming_what what;
	const char *tokens; /* all of them, in order */
	const char *status, *answer;
	const char *text;
} samples[] = {
	{ "automatic-calendar", INCOMING_AUTOMATIC, MADE, "", "" },
	{ "automatic-case-system", INCOMING_AUTOMATIC, MADE, "", "",
	  "Vi har tagit emot ditt meddelande." },
	{ "automatic-gmail", INCOMING_AUTOMATIC, MADE, "", "",
	  "Tack för ditt mejl. Jag är åter den 18 maj." },
	{ "automatic-outlook-en", INCOMING_AUTOMATIC, MADE, "", "",
	  "I am out of the office until 15 May. In urgent matters please contact the registry." },
	{ "automatic-outlook-sv", INCOMING_AUTOMATIC, MADE, "", "",
	  "Hej!\n\nJag är på semester till och med den 15 maj. Kontakta Börje Åberg i mitt "
	  "ställe." },
	{ "automatic-vacation", INCOMING_AUTOMATIC, MADE, "", "",
	  "Jag är föräldraledig till den 1 september." },
	{ "automatic-x-autorespond", INCOMING_AUTOMATIC, MADE, "", "",
	  "Ditt mejl har kommit fram." },
	{ "delay-exchange-html", INCOMING_DELAY, SENT " " MADE, "4.4.7",
	  "400 4.4.7 Message delayed" },
	{ "delay-exchange-sv", INCOMING_DELAY, SENT " " MADE, "",
	  "Meddelandet har ännu inte levererats. Nya försök att leverera det kommer att göras." },
	{ "delay-exim-text", INCOMING_DELAY, SENT, "4.7.1",
	  "451 4.7.1 Greylisting in action, please come back later" },
	{ "delay-gmail", INCOMING_DELAY, SENT " " MADE, "4.2.2",
	  "452 4.2.2 The email account that you tried to reach is over quota" },
	{ "delay-postfix", INCOMING_DELAY, SENT " " MADE, "4.4.1",
	  "connect to mx.kommun.example[192.0.2.25]:25: Connection refused" },
	{ "delay-sendmail", INCOMING_DELAY, SENT " " MADE, "4.4.1",
	  "451 4.4.1 reply: read error from mx.kommun.example." },
	{ "failure-exchange-2003", INCOMING_FAILURE, SENT, "",
	  "The recipient name is not recognized The MTS-ID of the original message is: c=se;a= "
	  ";p=kommun;l=EXCH010605040600A1B2C3 MSEXCH:IMS:KOMMUN:CENTRAL:EXCH01 0 (000C05A6) "
	  "Unknown Recipient" },
	{ "failure-exchange-expired", INCOMING_FAILURE, SENT " " MADE, "4.4.7",
	  "400 4.4.7 Message delayed" },
	{ "failure-exchange-html", INCOMING_FAILURE, SENT " " MADE, "5.1.10",
	  "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient (address) not found by SMTP "
	  "address lookup" },
	{ "failure-exchange-text-sv", INCOMING_FAILURE, SENT " " MADE, "5.1.1",
	  "550 5.1.1 RESOLVER.ADR.ExRecipNotFound; not found (address)" },
	{ "failure-exim-fields", INCOMING_FAILURE, SENT " " MADE, "5.0.0",
	  "550 5.7.1 Unable to relay" },
	{ "failure-exim-text", INCOMING_FAILURE, SENT " " MADE, "5.1.1",
	  "550 5.1.1 (address) Recipient address rejected: User unknown" },
	{ "failure-expired", INCOMING_FAILURE, SENT " " MADE, "4.4.1",
	  "connect to mx.kommun.example[192.0.2.25]:25: Connection timed out" },
	{ "failure-gmail", INCOMING_FAILURE, SENT " " MADE, "5.1.1",
	  "550-5.1.1 The email account that you tried to reach does not exist. Please try "
	  "550-5.1.1 double-checking the recipient's email address for typos or 550 5.1.1 "
	  "unnecessary spaces. For more information, go to "
	  "https://support.google.com/mail/?p=NoSuchUser - gsmtp" },
	{ "failure-office365", INCOMING_FAILURE, SENT " " MADE, "5.1.10",
	  "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient (address) not found by SMTP "
	  "address lookup" },
	{ "failure-one-text", INCOMING_FAILURE, SENT " " MADE, "5.1.1", "550 5.1.1 User unknown" },
	{ "failure-opensmtpd", INCOMING_FAILURE, SENT " " MADE, "5.1.1", "550 5.1.1 User unknown" },
	{ "failure-postfix", INCOMING_FAILURE, SENT " " MADE, "5.1.1",
	  "550 5.1.1 (address) Recipient address rejected: User unknown in local recipient table" },
	{ "failure-qmail-no-code", INCOMING_FAILURE, SENT " " MADE, "",
	  "This address no longer accepts mail." },
	{ "failure-qmail", INCOMING_FAILURE, SENT " " MADE, "5.7.1",
	  "554 5.7.1 (address) Relay access denied" },
	{ "failure-sendmail", INCOMING_FAILURE, SENT " " MADE, "5.2.1",
	  "550 5.2.1 Mailbox disabled" },
	{ "failure-several", INCOMING_FAILURE, SENT " " MADE, "5.2.2", "552 5.2.2 Mailbox full" },
	{ "failure-utf8", INCOMING_FAILURE, SENT " " MADE, "5.1.1", "550 5.1.1 Okänd mottagare" },
	{ "failure-wrapped", INCOMING_FAILURE, MADE " " SENT, "5.7.1",
	  "554 5.7.1 (address) Relay access denied" },
	{ "not-a-failure-abuse-report", INCOMING_AUTOMATIC, SENT, "", "",
	  "This is an email abuse report for an email message received from IP 192.0.2.10." },
	{ "not-a-failure-automatic-reply", INCOMING_AUTOMATIC, MADE, "", "",
	  "Your message could not be delivered to me in person: I have left the municipality." },
	{ "not-a-failure-colleague-quotes", INCOMING_PERSON, MADE, "", "",
	  "The mailbox is open again, please send it once more." },
	{ "not-a-failure-delivered", INCOMING_AUTOMATIC, SENT, "2.0.0", "250 2.0.0 Saved",
	  "This is the mail system at host mx.kommun.example.\n\nYour message was successfully "
	  "delivered to the destination(s)\nlisted below. If the message was delivered to mailbox "
	  "you will\nreceive no further notifications. Otherwise you may still "
	  "receive\nnotifications of mail delivery errors from other systems.\n\n                  "
	  " The mail system\n\n<asa.strom@kommun.example>: delivery via lmtp: 250 2.0.0 Saved" },
	{ "not-a-failure-forwarded-attached", INCOMING_PERSON, MADE, "", "",
	  "Bifogar det som kom." },
	{ "not-a-failure-forwarded-text", INCOMING_PERSON, MADE, "", "",
	  "Vad betyder det här? Jag fick det när jag svarade." },
	{ "not-a-failure-imitation", INCOMING_AUTOMATIC, "", "", "",
	  "Delivery has failed to these recipients. 550 5.1.1 Your mailbox is full.\nRelease 5 "
	  "messages" },
	{ "not-a-failure-newsletter", INCOMING_AUTOMATIC, "", "", "",
	  "Delivery has failed to these recipients? 550 5.1.1 User unknown explained." },
	{ "not-a-failure-person-asks", INCOMING_PERSON, MADE, "", "",
	  "My answer could not be delivered yesterday: 550 5.1.1 User unknown. Did it reach you?" },
	{ "not-a-failure-quarantine", INCOMING_AUTOMATIC, SENT, "", "",
	  "Meddelandet har stoppats tillfälligt och granskas av it-avdelningen." },
	{ "not-a-failure-receipt", INCOMING_AUTOMATIC, MADE, "", "",
	  "Ditt meddelande\n\n   Till: Åsa Ström\n   Ämne: Påminnelse: IR-3 senast 8 maj\n\ntogs "
	  "bort utan att läsas. Det kunde inte levereras till en mapp." },
	{ "person-answers-automatic", INCOMING_PERSON, MADE, "", "",
	  "Jag är tillbaka. Svaret kommer i morgon." },
	{ "person-encrypted", INCOMING_PERSON, MADE, "", "" },
	{ "person-english", INCOMING_PERSON, MADE, "", "",
	  "Done, forecast 1.2 million.\n\nKind regards\nAsa" },
	{ "person-gmail-html", INCOMING_PERSON, MADE, "", "",
	  "Två saker:\n- Avtalet är klart\n- Utbildningen återstår" },
	{ "person-gmail", INCOMING_PERSON, MADE, "", "", "40 % klart. Vi hinner till den 8 maj." },
	{ "person-iphone", INCOMING_PERSON, MADE, "", "", "Klart!" },
	{ "person-original-message", INCOMING_PERSON, MADE, "", "",
	  "Vi behöver stöd: upphandlingen är överklagad." },
	{ "person-outlook-html", INCOMING_PERSON, MADE, "", "",
	  "Försenad till 3 juni – leverantören har begärt mer tid.\n\nKostnaden < 850 tkr & ryms i "
	  "budget.\n\nHälsningar\nÅsa" },
	{ "person-outlook-ios", INCOMING_PERSON, MADE, "", "", "Enligt plan." },
	{ "person-outlook-plain", INCOMING_PERSON, MADE, "", "",
	  "Klar, prognos 1,2 mnkr.\n\nUpphandlingen är avslutad, och avtalet börjar gälla den 1 "
	  "juni.\n\nMed vänliga hälsningar\nÅsa" },
	{ "person-pgp-signed", INCOMING_PERSON, MADE, "", "", "Klar." },
	{ "person-picture-first", INCOMING_PERSON, MADE, "", "", "Klar, se bilden." },
	{ "person-smime-encrypted", INCOMING_PERSON, MADE, "", "" },
	{ "person-smime-signed", INCOMING_PERSON, MADE, "", "",
	  "Beslutat i dag, protokollet bifogas diariet." },
	{ "person-thunderbird-below", INCOMING_PERSON, MADE, "", "",
	  "Utbildningen är genomförd i två av tre enheter, och den tredje har sin dag den 21 "
	  "maj.\n\nInom ram." },
};

static char *read_sample(const char *name, size_t *ret_length)
{
	char path[200], *bytes;
	FILE *file;

	snprintf(path, sizeof(path), "tests/samples/incoming/%s.eml", name);
	file = fopen(path, "rb");
	ck_assert_msg(file != NULL, "%s is not there", path);
	bytes = malloc(100000);
	*ret_length = fread(bytes, 1, 100000, file);
	fclose(file);
	return bytes;
}

static struct incoming *ck_read(const char *bytes, size_t length)
{
	struct incoming *in = NULL;

	ck_assert_int_eq(incoming_read(bytes, length, NULL, &in), 0);
	return in;
}

static void ck_is(const struct incoming *in, int i)
{
	char tokens[INCOMING_TOKENS * INCOMING_TOKEN] = "";

	for (size_t j = 0; j < in->token_count; j++) {
		strcat(tokens, j > 0 ? " " : "");
		strcat(tokens, in->tokens[j]);
	}
	ck_assert_int_eq(in->what, samples[i].what);
	ck_assert_str_eq(tokens, samples[i].tokens);
	ck_assert_str_eq(in->status, samples[i].status);
	ck_assert_str_eq(in->answer, samples[i].answer);
	ck_assert_str_eq(in->text ? in->text : "(none)",
			 samples[i].text ? samples[i].text : "(none)");
}

START_TEST(each_is_recognised)
{
	size_t length;
	char *bytes = read_sample(samples[_i].file, &length);
	struct incoming *in = ck_read(bytes, length);

	ck_is(in, _i);
	incoming_free(in);
	free(bytes);
}
END_TEST

/* As a server hands it over, with CRLF, and once more by another way. */
START_TEST(each_is_the_same_by_another_way_in)
{
	static const char trace[] = "From MAILER-DAEMON  Mon May  4 08:00:05 2026\n"
				    "Received: by other.example; Mon, 4 May 2026 08:00:05 +0200\r\n"
				    "X-Original-To: paminn-studs@region.example\r\n";
	size_t length, n = strlen(trace);
	char *bytes = read_sample(samples[_i].file, &length), *other = malloc(2 * length + n);
	struct incoming *in = ck_read(bytes, length), *again;

	memcpy(other, trace, n);
	for (size_t i = 0; i < length; i++) {
		if (bytes[i] == '\n')
			other[n++] = '\r';
		other[n++] = bytes[i];
	}
	again = ck_read(other, n);
	ck_is(again, _i);
	ck_assert_str_eq(again->id, in->id);
	incoming_free(again);
	incoming_free(in);
	free(other);
	free(bytes);
}
END_TEST

#define HEAD "From: a@kommun.example\nTo: b@region.example\nSubject: x\n"

/* A mail of this head, then count times this. */
static char *repeated(const char *head, const char *text, size_t count, size_t *ret_length)
{
	const size_t n = strlen(text);
	char *bytes = malloc(strlen(head) + n * count + 1), *to = stpcpy(bytes, head);

	for (size_t i = 0; i < count; i++, to += n)
		memcpy(to, text, n);
	*ret_length = (size_t)(to - bytes);
	return bytes;
}

static const struct {
	int line;
	const char *head, *text;
	size_t count;
	int fault;
} faults[] = {
	{ __LINE__, "", "", 0, INCOMING_NO_MAIL },
	{ __LINE__, "Hej!\n\nFrom: a@kommun.example\n", "", 0, INCOMING_NO_MAIL },
	{ __LINE__, "\nFrom: a@kommun.example\n", "", 0, INCOMING_NO_MAIL },
	{ __LINE__, "GET / HTTP/1.1\nHost: region.example\n\n", "", 0, INCOMING_NO_MAIL },
	{ __LINE__, "X-One: 1\nX-Two: 2\n\n", "x", 1, INCOMING_NO_MAIL },
	{ __LINE__, HEAD "\n", "0123456789", (INCOMING_MAX - sizeof(HEAD)) / 10, INCOMING_READ },
	{ __LINE__, HEAD "\n", "0123456789", INCOMING_MAX / 10, INCOMING_TOO_LARGE },
	{ __LINE__, HEAD, "X-A: 1\n", 18000, INCOMING_READ },
	{ __LINE__, HEAD, "X-A: 1\n", 19000, INCOMING_TOO_DEEP },
	{ __LINE__, HEAD "Content-Type: multipart/mixed; boundary=b\n\n", "--b\n\n\n", 99,
	  INCOMING_READ },
	{ __LINE__, HEAD "Content-Type: multipart/mixed; boundary=b\n\n", "--b\n\n\n", 100,
	  INCOMING_TOO_DEEP },
	{ __LINE__, HEAD "Content-Type: multipart/mixed; boundary=b\n\n", "--\n", 20000,
	  INCOMING_READ },
	{ __LINE__, HEAD "Content-Type: multipart/mixed; boundary=b\n\n", "--\n", 20002,
	  INCOMING_TOO_DEEP },
	/* each within the one before, whose boundary is the same */
	{ __LINE__, HEAD "Content-Type: multipart/mixed; boundary=b\n\n",
	  "--b\nContent-Type: multipart/mixed; boundary=b\n\n", 9, INCOMING_READ },
	{ __LINE__, HEAD "Content-Type: multipart/mixed; boundary=b\n\n",
	  "--b\nContent-Type: multipart/mixed; boundary=b\n\n", 10, INCOMING_TOO_DEEP },
	{ __LINE__, HEAD "Content-Type: multipart/mixed; boundary=b\n\n--b\n", "X-A: 1\n", 2000,
	  INCOMING_TOO_DEEP },
};

START_TEST(what_is_too_much_is_told)
{
	size_t length;
	char *bytes = repeated(faults[_i].head, faults[_i].text, faults[_i].count, &length);
	struct incoming *in = NULL;
	const int r = incoming_read(bytes, length, NULL, &in);

	ck_assert_msg(r == faults[_i].fault, "line %d: %d", faults[_i].line, r);
	ck_assert_msg((in != NULL) == (r == INCOMING_READ), "line %d", faults[_i].line);
	ck_assert_uint_gt(strlen(incoming_fault_text((enum incoming_fault)r)), 10);
	incoming_free(in);
	free(bytes);
}
END_TEST

/* A mail by a person, of these lines; freed by the caller. */
static struct incoming *written(const char *fields, const char *lines)
{
	char mail[8000];

	snprintf(mail, sizeof(mail), HEAD "%s\n%s", fields, lines);
	return ck_read(mail, strlen(mail));
}

#define UTF8 "Content-Type: text/plain; charset=utf-8\n"
#define HTML "Content-Type: text/html; charset=utf-8\n"
#define PARTS(subtype) "Content-Type: multipart/" subtype "; boundary=b\n"
#define BASE64(set) "Content-Type: text/plain; charset=" set "\nContent-Transfer-Encoding: base64\n"

static const struct {
	int line;
	const char *fields, *lines, *text;
} texts[] = {
	/* character sets and encodings */
	{ __LINE__, "", "Klart\n", "Klart" },
	{ __LINE__, "", "\xc3\xa5tg\xc3\xa4rd", "åtgärd" },
	{ __LINE__, "", "\xe5tg\xe4rd \x96 klar", "åtgärd – klar" },
	{ __LINE__, "Content-Type: text/plain; charset=iso-8859-1\n", "\x93\xe5\x94", "“å”" },
	{ __LINE__, "Content-Type: text/plain; charset=\"ISO-8859-15\"\n", "\xa4", "€" },
	{ __LINE__, BASE64("utf-16le"), "SADlAA==", "Hå" },
	{ __LINE__, BASE64("koi8-r"), "8NLJ18XU", "Привет" },
	{ __LINE__, BASE64("x-none-such"), "5Q==", "å" },
	/* labelled as what it is not */
	{ __LINE__, "Content-Type: text/plain; charset=iso-8859-1\n", "\xc3\xa5tg\xc3\xa4rd",
	  "åtgärd" },
	{ __LINE__, "Content-Type: text/plain; charset=windows-1252\n", "\xc3\xa5tg\xe4rd",
	  "Ã¥tgärd" },
	{ __LINE__, UTF8, "\xe5tg\xe4rd", "åtgärd" },
	{ __LINE__, UTF8 "Content-Transfer-Encoding: quoted-printable\n", "=C3=A5=\n=E4 =3D\n",
	  "å? =" },
	{ __LINE__, UTF8 "Content-Transfer-Encoding: base64\n", "w6Ug/w==\n", "å ?" },
	/* what may not stand in a text */
	{ __LINE__, UTF8,
	  "a\x01"
	  "b\x1b[31mc\xc2\x85"
	  "d\xe2\x80\xae"
	  "e\xe2\x81\xa6"
	  "f\xef\xbb\xbf",
	  "ab[31mc\ndef" },
	{ __LINE__, UTF8, "a\r\nb\rc\tд", "a\nb\nc\tд" },
	{ __LINE__, UTF8, "\n\n\na  \n\n\n\n\nb\n\n", "a\n\nb" },
	{ __LINE__, UTF8, " \n\t\n", NULL },
	/* several parts */
	{ __LINE__, PARTS("mixed"), "--b\n" HTML "\n<p>Klar</p>\n--b\n" UTF8 "\nGranskat.\n--b--\n",
	  "Klar\nGranskat." },
	{ __LINE__, PARTS("alternative"),
	  "--b\n" UTF8 "\nKlar\n--b\n" HTML "\n<p>Klar</p>\n--b--\n", "Klar" },
	{ __LINE__, PARTS("alternative"),
	  "--b\n" UTF8 "\nKlar\n--b\nContent-Type: multipart/related; boundary=c\n\n--c\n" HTML
	  "\n<p>Klar</p>\n--c--\n--b--\n",
	  "Klar" },
	{ __LINE__, PARTS("alternative"), "--b\n" UTF8 "\n \n--b\n" HTML "\n<p>Klar</p>\n--b--\n",
	  "Klar" },
	/* HTML */
	{ __LINE__, HTML, "<p>a<p>b<br>c<br/><br>d", "a\nb\nc\n\nd" },
	{ __LINE__, HTML, "  a\n <b>b</b>\tc&nbsp;d ", "a b c d" },
	{ __LINE__, HTML, "<TITLE>no</TITLE><style>p{}</style ><script>a<b</script>yes", "yes" },
	{ __LINE__, HTML, "a<!-- > <p> -->b<![if mso]>c<![endif]><?xml ?>d", "abcd" },
	{ __LINE__, HTML, "<a href=\"x>y\" title='>'>in</a> 1 < 2 &lt; 3 <3", "in 1 < 2 < 3 <3" },
	{ __LINE__, HTML, "&aring;&#228;&#xF6;&euro;&amp;amp;&nope;&;&#0;&#xd800;&#x202e;x",
	  "åäö€&amp;&nope;&;??x" },
	{ __LINE__, HTML, "<table><tr><td>a<td>b<tr><td>c</table>d", "a b\nc\nd" },
	{ __LINE__, HTML, "<ol><li>a<li>b</ol>", "- a\n- b" },
	{ __LINE__, HTML, "<pre>a\n  b</pre>c", "a\n  b\nc" },
	{ __LINE__, HTML, "mine<blockquote>theirs<br>theirs</blockquote>mine too",
	  "mine\nmine too" },
	{ __LINE__, HTML, "a<style>never ends", "a" },
	{ __LINE__, HTML, "a<p title=\"never ends", "a" },
	{ __LINE__, HTML, "a<!-- never ends", "a" },
	{ __LINE__, HTML, "a<", "a<" },
	{ __LINE__, HTML, "a&", "a&" },
	/* what is quoted */
	{ __LINE__, UTF8, "a\n> b\n>> c\nd\n", "a\nd" },
	{ __LINE__, UTF8,
	  "Klar\n\nDen tis 5 maj 2026 kl 10:12 skrev P <p@region.example>:\n\nHej\n", "Klar" },
	{ __LINE__, UTF8,
	  "Klar\n\nDen tis 5 maj 2026\nkl 10:12 skrev\nP <p@region.example>:\nHej\n", "Klar" },
	{ __LINE__, UTF8, "Klar\n\nP <p@region.example> skrev (2026-05-05 10.12):\nHej\n", "Klar" },
	{ __LINE__, UTF8, "Klar\n\nOn 5 May 2026, at 10:12, P <p@region.example> wrote:\nHi\n",
	  "Klar" },
	/* right above it */
	{ __LINE__, UTF8, "Klar.\nDen tis 5 maj 2026 kl 10:12 skrev P <p@region.example>:\n> Hej\n",
	  "Klar." },
	{ __LINE__, UTF8,
	  "Den är klar.\nOn 5 May 2026 at 10:12 P, who reminds\n<p@region.example> wrote:\n> Hi\n",
	  "Den är klar." },
	{ __LINE__, UTF8,
	  "Den 3 juni blir det klart.\nDen tis 5 maj 2026 kl 10:12 skrev P "
	  "<p@region.example>:\nHej\n",
	  "Den 3 juni blir det klart." },
	{ __LINE__, UTF8, "Klar.\nP skrev den 2026-05-05 10:12:\n> Hej\n", "Klar." },
	{ __LINE__, HTML,
	  "<p>Klar.</p><div>Den tis 5 maj 2026 kl 10:12 skrev P "
	  "&lt;p@region.example&gt;:<br></div><blockquote>Hej</blockquote>",
	  "Klar." },
	/* without a time */
	{ __LINE__, UTF8, "P <p@region.example> skrev:\n> Hej\n\nKlar.\n", "Klar." },
	{ __LINE__, UTF8, "Klar.\n\nP wrote:\n> Hi\n", "Klar." },
	{ __LINE__, UTF8, "Den 5 maj 2026 skrev P <p@region.example>:\n\n> Hej\n\nKlar.\n",
	  "Klar." },
	/* GroupWise, Notes */
	{ __LINE__, UTF8, "Klar.\n\n>>> P <p@region.example> 2026-05-05 10:12 >>>\nHej\n",
	  "Klar." },
	{ __LINE__, UTF8,
	  "Klar.\n\n-----P <p@region.example> skrev: -----\nTill: a\nFrån: P\nÄrende: x\n\nHej\n",
	  "Klar." },
	/* somebody's own words, which only look so */
	{ __LINE__, UTF8, "Den 5 maj kl. 10.12 skrev nämnden följande:\nBifalles.\n",
	  "Den 5 maj kl. 10.12 skrev nämnden följande:\nBifalles." },
	{ __LINE__, UTF8, "Den 5 maj kl 10:12 skrev jag till p@region.example så här:\nKlart.\n",
	  "Den 5 maj kl 10:12 skrev jag till p@region.example så här:\nKlart." },
	{ __LINE__, UTF8, "Från: enheten\ntill nämnden\n", "Från: enheten\ntill nämnden" },
	{ __LINE__, UTF8, "Skickat från nämnden i går.\n", "Skickat från nämnden i går." },
	{ __LINE__, UTF8, "a -- b\n---\nc\n", "a -- b\n---\nc" },
	/* an old mail's header */
	{ __LINE__, UTF8, "Klar\n\n*Från:* P\n*Skickat:* 5 maj\n*Till:* Å\n*Ämne:* x\n\nHej\n",
	  "Klar" },
	{ __LINE__, UTF8, "Klar\n\nFrom: P\nSent: 5 May\nTo: A\nSubject: x\n\nHi\n", "Klar" },
	{ __LINE__, UTF8,
	  "Klar\n\n________________________________\nFrån: P\nDatum: 5 maj\nÄmne: x\n", "Klar" },
	{ __LINE__, UTF8, "Klar\n\n-------- Originalmeddelande --------\nFrån P\n", "Klar" },
	{ __LINE__, UTF8, "FYI\n\n---------- Forwarded message ---------\nFrom: P\n", "FYI" },
	{ __LINE__, UTF8, "Från: P\nSkickat: 5 maj\nTill: Å\nÄmne: x\n\nHej\n", NULL },
	/* marks of programs, signatures */
	{ __LINE__, UTF8, "Klar\n\nSkickat från min iPhone\n", "Klar" },
	{ __LINE__, UTF8, "Klar\n\nHämta Outlook för Android<https://aka.ms/x>\n", "Klar" },
	{ __LINE__, UTF8,
	  "Some people who received this message don't often get email from a@kommun.example. "
	  "Learn why "
	  "this is important<https://aka.ms/x>\nKlar\n",
	  "Klar" },
	{ __LINE__, UTF8, "Klar\n\nSkaffa Outlook för iOS<https://aka.ms/x>\n", "Klar" },
	{ __LINE__, UTF8, "[cid:image001.png@01DB1F2C.5E0A]\nKlar\n[cid:x] är bilden\n",
	  "Klar\n[cid:x] är bilden" },
	{ __LINE__, UTF8, "Klar\n-- \nÅsa\n", "Klar" },
	{ __LINE__, UTF8, "Klar\n--\nÅsa\n", "Klar" },
	{ __LINE__, "Content-Type: text/plain; charset=utf-8; format=flowed\n",
	  "Det här är \nen rad.\n\nEn till\n-- \nÅsa", "Det här är en rad.\n\nEn till" },
	{ __LINE__, "Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes\n",
	  "Det här  \när en rad.\n> \n> Nej\n", "Det här är en rad." },
};

START_TEST(what_was_written_is_found)
{
	struct incoming *in = written(texts[_i].fields, texts[_i].lines);
	const char *text = in->text ? in->text : "(none)";

	ck_assert_int_eq(in->what, INCOMING_PERSON);
	ck_assert_msg(strcmp(text, texts[_i].text ? texts[_i].text : "(none)") == 0, "line %d: %s",
		      texts[_i].line, text);
	incoming_free(in);
}
END_TEST

START_TEST(a_long_text_is_cut_between_characters)
{
	size_t length;
	char *bytes = repeated(HEAD UTF8 "\n", "åä ", 5000, &length);
	struct incoming *in = ck_read(bytes, length);

	ck_assert_uint_eq(text_length(in->text), NOTE_MAX);
	ck_assert_str_eq(in->text + strlen(in->text) - strlen("…"), "…");
	incoming_free(in);
	free(bytes);
}
END_TEST

#define MAC "k3v7q2xw5n6hjd4ctb3fzrya"

static const struct {
	int line;
	const char *to, *fields, *tokens;
} tokens[] = {
	{ __LINE__, "p+1-2-" MAC "@region.example", "", "1-2-" MAC },
	{ __LINE__, "P+1-2-K3V7Q2XW5N6HJD4CTB3FZRYA@REGION.EXAMPLE", "", "1-2-" MAC },
	{ __LINE__, "srs0=aa=bb=region.example=p+1-2-" MAC "@other.example", "", "1-2-" MAC },
	{ __LINE__, NULL, "Delivered-To: p+1-2-" MAC "@region.example\n", "1-2-" MAC },
	{ __LINE__, NULL, "X-Original-To: p+1-2-" MAC "@region.example\n", "1-2-" MAC },
	{ __LINE__, NULL, "Cc: a@x.example,\n  p+1-2-" MAC "@region.example\n", "1-2-" MAC },
	{ __LINE__, NULL, "In-Reply-To: <paminn.A.1-0-" MAC "@region.example>\n", "1-0-" MAC },
	{ __LINE__, NULL,
	  "References: <paminn.A.2-0-" MAC "@region.example>\n\t<paminn.A.1-0-" MAC
	  "@region.example>\n",
	  "2-0-" MAC " 1-0-" MAC },
	/* each once, and no more than there is room for */
	{ __LINE__, "p+1-2-" MAC "@region.example", "Delivered-To: p+1-2-" MAC "@region.example\n",
	  "1-2-" MAC },
	{ __LINE__, NULL,
	  "References: 1-0-" MAC " 2-0-" MAC " 3-0-" MAC " 4-0-" MAC " 5-0-" MAC " 6-0-" MAC
	  " 7-0-" MAC " 8-0-" MAC " 9-0-" MAC "\n",
	  "1-0-" MAC " 2-0-" MAC " 3-0-" MAC " 4-0-" MAC " 5-0-" MAC " 6-0-" MAC " 7-0-" MAC
	  " 8-0-" MAC },
	/* not of what a person's mail has elsewhere */
	{ __LINE__, NULL, "X-Other: 1-0-" MAC "\nMessage-ID: <1-0-" MAC "@x.example>\n", "" },
	/* nearly */
	{ __LINE__, "p+1-2-" MAC "a@region.example", "", "" },
	{ __LINE__, "p+1-2-k3v7q2xw5n6hjd4ctb3fzry@region.example", "", "" },
	{ __LINE__, "p+1-2-k3v7q2xw5n6hjd4ctb3fzry1@region.example", "", "" },
	{ __LINE__, "p+-2-" MAC "@region.example", "", "" },
	{ __LINE__, "p+1--" MAC "@region.example", "", "" },
	{ __LINE__, "p+12345678901234567890-2-" MAC "@region.example", "", "" },
	{ __LINE__, "pa1-2-" MAC "@region.example", "", "" },
};

START_TEST(tokens_are_found_where_they_stand)
{
	char mail[2000], found[INCOMING_TOKENS * INCOMING_TOKEN] = "";
	struct incoming *in = NULL;

	snprintf(mail, sizeof(mail), HEAD "%s\nHej\n", tokens[_i].fields);
	ck_assert_int_eq(incoming_read(mail, strlen(mail), tokens[_i].to, &in), 0);
	for (size_t i = 0; i < in->token_count; i++) {
		strcat(found, i > 0 ? " " : "");
		strcat(found, in->tokens[i]);
	}
	ck_assert_msg(strcmp(found, tokens[_i].tokens) == 0, "line %d: %s", tokens[_i].line, found);
	incoming_free(in);
}
END_TEST

START_TEST(a_mail_that_was_handed_on_says_so)
{
	struct incoming *in =
		written("Resent-Message-ID: <paminn.A.7-0-" MAC "@region.example>\n", "Klar\n");

	ck_assert_str_eq(in->resent, "7-0-" MAC);
	ck_assert_uint_eq(in->token_count, 0);
	incoming_free(in);
}
END_TEST

static const struct {
	int line;
	const char *fields;
	enum incoming_what what;
} marks[] = {
	{ __LINE__, "Auto-Submitted: auto-replied\n", INCOMING_AUTOMATIC },
	{ __LINE__, "Auto-Submitted:\n auto-generated; owner-email=\"a@x.example\"\n",
	  INCOMING_AUTOMATIC },
	{ __LINE__, "Auto-Submitted: no\n", INCOMING_PERSON },
	{ __LINE__, "Auto-Submitted: No (a person)\n", INCOMING_PERSON },
	{ __LINE__, "X-Autoreply: yes\n", INCOMING_AUTOMATIC },
	{ __LINE__, "X-Autorespond: Re\n", INCOMING_AUTOMATIC },
	{ __LINE__, "X-Auto-Response-Suppress: OOF\n", INCOMING_AUTOMATIC },
	{ __LINE__, "X-Auto-Response-Suppress: None\n", INCOMING_PERSON },
	{ __LINE__, "Precedence: bulk\n", INCOMING_AUTOMATIC },
	{ __LINE__, "Precedence: auto_reply\n", INCOMING_AUTOMATIC },
	{ __LINE__, "Precedence: first-class\n", INCOMING_PERSON },
	{ __LINE__, "List-Id: <x.example>\n", INCOMING_AUTOMATIC },
	{ __LINE__, "List-Unsubscribe: <https://x.example>\n", INCOMING_AUTOMATIC },
	{ __LINE__, "Return-Path: <>\n", INCOMING_AUTOMATIC },
	{ __LINE__, "Return-Path: <a@kommun.example>\n", INCOMING_PERSON },
	{ __LINE__, "X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent\n",
	  INCOMING_AUTOMATIC },
	{ __LINE__, "Content-Type: text/calendar; method=REPLY\n", INCOMING_AUTOMATIC },
	{ __LINE__, "Content-Type: text/calendar; method=REQUEST\n", INCOMING_PERSON },
};

START_TEST(each_mark_makes_it_automatic)
{
	struct incoming *in = written(marks[_i].fields, "Hej\n");

	ck_assert_msg(in->what == marks[_i].what, "line %d", marks[_i].line);
	incoming_free(in);
}
END_TEST

static const struct {
	const char *subject;
	enum incoming_what what;
} subjects[] = {
	{ "Automatiskt svar: IR-3", INCOMING_AUTOMATIC },
	{ "AUTOSVAR", INCOMING_AUTOMATIC },
	{ "Frånvaro: IR-3", INCOMING_AUTOMATIC },
	{ "=?utf-8?q?FR=C3=85NVARO=3A?= IR-3", INCOMING_AUTOMATIC },
	{ "Automatic reply: IR-3", INCOMING_AUTOMATIC },
	{ "Out of Office: IR-3", INCOMING_AUTOMATIC },
	{ "Accepterat: IR-3", INCOMING_AUTOMATIC },
	{ "Läst: IR-3", INCOMING_AUTOMATIC },
	{ "Sv: Automatiskt svar: IR-3", INCOMING_PERSON },
	{ "Re: Out of Office", INCOMING_PERSON },
	{ "Frånvaron i enheten", INCOMING_PERSON },
};

START_TEST(subjects_of_programs_are_known)
{
	char mail[300];
	struct incoming *in;

	snprintf(mail, sizeof(mail), "From: a@kommun.example\nSubject: %s\n\nHej\n",
		 subjects[_i].subject);
	in = ck_read(mail, strlen(mail));
	ck_assert_msg(in->what == subjects[_i].what, "%s", subjects[_i].subject);
	incoming_free(in);
}
END_TEST

static const struct {
	int line;
	const char *fields;
	enum incoming_what what;
} said[] = {
	{ __LINE__, "Return-Path: <>\nFrom: MAILER-DAEMON@x.example\nSubject: x\n",
	  INCOMING_FAILURE },
	{ __LINE__, "From: postmaster@x.example\nSubject: x\n", INCOMING_FAILURE },
	{ __LINE__, "Return-Path: <postmaster@x.example>\nFrom: MAILER-DAEMON\n",
	  INCOMING_FAILURE },
	{ __LINE__, "Return-Path: <>\nFrom: a@x.example\nSubject: Undeliverable: x\n",
	  INCOMING_FAILURE },
	{ __LINE__, "Return-Path: <>\nFrom: a@x.example\nSubject: x\n", INCOMING_AUTOMATIC },
	{ __LINE__, "Return-Path: <a@x.example>\nFrom: MAILER-DAEMON@x.example\n",
	  INCOMING_AUTOMATIC },
	{ __LINE__, "From: a@x.example\nSubject: Undeliverable: x\n", INCOMING_PERSON },
};

START_TEST(only_a_servers_words_are_a_report)
{
	char mail[300];
	struct incoming *in;

	snprintf(mail, sizeof(mail), "%s\nYour message could not be delivered.\n", said[_i].fields);
	in = ck_read(mail, strlen(mail));
	ck_assert_msg(in->what == said[_i].what, "line %d: %d", said[_i].line, (int)in->what);
	incoming_free(in);
}
END_TEST

static const struct {
	const char *from, *address;
} senders[] = {
	{ "a@kommun.example", "a@kommun.example" },
	{ "Åsa <a@kommun.example>", "a@kommun.example" },
	{ "\"Ström, Åsa\" <a@kommun.example>", "a@kommun.example" },
	{ "a@kommun.example, b@kommun.example", "" },
	{ "undisclosed:;", "" },
	{ "Åsa", "" },
};

START_TEST(from_is_one_address_or_none)
{
	char mail[300];
	struct incoming *in;

	snprintf(mail, sizeof(mail), "From: %s\nSubject: =?utf-8?q?a=0D=0Ab=E2=80=AEc?=\n\nHej\n",
		 senders[_i].from);
	in = ck_read(mail, strlen(mail));
	ck_assert_str_eq(in->from, senders[_i].address);
	ck_assert_str_eq(in->subject, "a bc");
	incoming_free(in);
}
END_TEST

START_TEST(other_mails_have_other_ids)
{
	struct incoming *one = written("Message-ID: <1@x.example>\n", "Klar\n");
	struct incoming *same = written("Message-ID: <1@x.example>\nReceived: by x\n", "Klar\n\n");
	struct incoming *two = written("Message-ID: <2@x.example>\n", "Klar\n");
	struct incoming *other = written("Message-ID: <1@x.example>\n", "Klart\n");

	ck_assert_uint_eq(strlen(one->id), 64);
	ck_assert_str_eq(one->id, same->id);
	ck_assert_str_ne(one->id, two->id);
	ck_assert_str_ne(one->id, other->id);
	incoming_free(one);
	incoming_free(same);
	incoming_free(two);
	incoming_free(other);
}
END_TEST

/* At least thirty forms, of which at least eight look like reports of a failure and are none. */
START_TEST(there_are_samples_of_each_kind)
{
	size_t looks = 0, count[INCOMING_WHATS] = { 0 };

	for (size_t i = 0; i < UNIT_COUNT(samples); i++) {
		looks += strncmp(samples[i].file, "not-a-failure", 13) == 0;
		count[samples[i].what]++;
	}
	ck_assert_uint_ge(UNIT_COUNT(samples), 34);
	ck_assert_uint_ge(looks, 8);
	ck_assert_uint_ge(count[INCOMING_FAILURE], 10);
	ck_assert_uint_ge(count[INCOMING_DELAY], 5);
	ck_assert_uint_ge(count[INCOMING_PERSON], 10);
}
END_TEST

UNIT_TESTS("message/incoming", UNIT_ROWS(each_is_recognised, UNIT_COUNT(samples)),
	   UNIT_ROWS(each_is_the_same_by_another_way_in, UNIT_COUNT(samples)),
	   UNIT(there_are_samples_of_each_kind),
	   UNIT_ROWS(what_is_too_much_is_told, UNIT_COUNT(faults)),
	   UNIT_ROWS(what_was_written_is_found, UNIT_COUNT(texts)),
	   UNIT(a_long_text_is_cut_between_characters),
	   UNIT_ROWS(tokens_are_found_where_they_stand, UNIT_COUNT(tokens)),
	   UNIT(a_mail_that_was_handed_on_says_so),
	   UNIT_ROWS(each_mark_makes_it_automatic, UNIT_COUNT(marks)),
	   UNIT_ROWS(subjects_of_programs_are_known, UNIT_COUNT(subjects)),
	   UNIT_ROWS(only_a_servers_words_are_a_report, UNIT_COUNT(said)),
	   UNIT_ROWS(from_is_one_address_or_none, UNIT_COUNT(senders)),
	   UNIT(other_mails_have_other_ids))
