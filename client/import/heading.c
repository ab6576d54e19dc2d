/* SPDX-License-Identifier: Apache-2.0 */
#include "client/import/heading.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/import/amount.h"
#include "client/import/ident.h"

/* Swedish and English, as ids; in order of strength: of two columns of a field the earlier name counts. */
static const struct {
	enum column_kind field;
	const char *names; /* apart by spaces */
} known[] = {
	{ COLUMN_MEASURE,
	  "atgards-id atgardsid atgardsnr atgardsnummer atgard-nr atgard-id atgard-nummer id nr "
	  "nummer lopnr lopnummer beteckning measure-id measure-no measure no number ref" },
	{ COLUMN_TITLE,
	  "rubrik titel atgardens-namn atgardsnamn benamning atgard atgarder aktivitet insats "
	  "title name action vad beskrivning atgardsbeskrivning description" },
	{ COLUMN_OWNER, "ansvarig atgardsansvarig ansvarig-chef ansvarig-person ansvarig-funktion "
			"ansvarig-for-atgarden atgardsagare agare ansvar owner responsible "
			"responsible-person measure-owner vem who" },
	{ COLUMN_MAIL,
	  "e-post epost e-postadress epostadress mail mejl mailadress mejladress e-mail email "
	  "email-address e-post-ansvarig ansvarigs-e-post ansvarigs-epost ansvarig-e-post "
	  "owner-mail owner-email owners-mail" },
	{ COLUMN_EFFECT,
	  "planerad-effekt effect-planned planned-effect beraknad-effekt "
	  "planerad-ekonomisk-effekt ekonomisk-effekt planerad-helarseffekt helarseffekt "
	  "planerad-besparing besparing budgeterad-effekt effekt effect savings arseffekt "
	  "effekt-helar effekt-pa-helar effekt-per-ar effekt-plan budgeteffekt forvantad-effekt "
	  "uppskattad-effekt belopp" },
	{ COLUMN_DECISION, "beslut beslutsparagraf beslutad paragraf decision decided" },
	{ COLUMN_DONE_BY,
	  "klart-senast klar-senast senast-klar senast-klart fardig-senast klart klar slutdatum "
	  "slut fardigdatum ska-vara-klar done-by due-date due deadline end end-date sluttid "
	  "tidsgrans" },
	{ COLUMN_FROM,
	  "fran fran-och-med from from-och-med start startdatum paborjas starttid begins "
	  "start-date" },
	{ COLUMN_TAGS, "taggar tagg omrade kategori etikett etiketter tags tag area category typ" },
	{ COLUMN_MANAGER, "chef overordnad overordnad-chef narmaste-chef manager ansvarigs-chef" },
	{ COLUMN_MANAGER_MAIL, "chefens-e-post chefens-epost chefs-e-post e-post-chef chef-e-post "
			       "manager-mail manager-email managers-mail" },
	{ COLUMN_DEPUTY, "ersattare vikarie stallforetradare deputy" },
	{ COLUMN_BODY, "namnd organ styrelse ansvarig-namnd namnd-styrelse body committee board" },
	{ COLUMN_ASSIGNMENT, "uppdrag uppdragsnr uppdrags-id uppdragsnummer assignment" },
	{ COLUMN_STATUS, "status atgardsstatus lage nulage laget state" },
	{ COLUMN_NOTE, "kommentar kommentarer anm anmarkning anteckning anteckningar notering "
		       "ovrigt note notes comment comments" },
};

/* Those of them that say by themselves what their column is. */
static const char plain[] =
	"nr atgard ansvarig e-post planerad-effekt effekt beslut klart-senast klart fran omrade "
	"chef narmaste-chef chefens-e-post ersattare namnd uppdrag status kommentar rubrik measure "
	"id title owner mail effect-planned decision done-by from tags manager manager-mail deputy "
	"body assignment note";

/* The heading without unit and year, as an id. */
static char *strip(struct keep *keep, const char *heading, struct column *ret)
{
	char *id = ident_make(keep, heading), *name = keep_bytes(keep, strlen(id) + 1), *rest = id;

	for (char *word; (word = strsep(&rest, "-"));) {
		const int64_t unit = amount_unit(word);

		if (strlen(word) == 4 && strspn(word, "0123456789") == 4 &&
		    strncmp(word, "20", 2) == 0)
			ret->year = atoi(word);
		else if (unit)
			ret->unit = unit > ret->unit ? unit : ret->unit;
		else if (strcmp(word, "datum") != 0 && strcmp(word, "date") != 0)
			sprintf(name + strlen(name), "%s%s", *name ? "-" : "", word);
	}
	return name;
}

/* Where the name stands among the names, apart by spaces, counted from 1; 0: nowhere. */
static int place(const char *names, const char *name)
{
	const size_t n = strlen(name);
	int at = 1;

	for (const char *one = names; n > 0 && *one; at++) {
		const size_t length = strcspn(one, " ");

		if (length == n && memcmp(one, name, n) == 0)
			return at;
		one += length;
		one += *one == ' ';
	}
	return 0;
}

int heading_recognise(const char *heading, struct column *ret)
{
	struct keep keep = { 0 };
	const char *name = strip(&keep, heading, ret);
	int strength = 0;

	for (size_t i = 0; i < sizeof(known) / sizeof(*known) && !strength; i++) {
		strength = place(known[i].names, name);
		ret->field = known[i].field;
	}
	keep_done(&keep);
	return strength;
}

bool heading_is_plain(const char *heading, enum column_kind field)
{
	struct keep keep = { 0 };
	struct column stripped = { 0 };
	const bool is_plain = place(plain, strip(&keep, heading, &stripped)) > 0;

	keep_done(&keep);
	return is_plain && heading_recognise(heading, &stripped) && stripped.field == field;
}
