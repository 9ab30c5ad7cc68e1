package ingest

import (
	"slices"

	"klantbot/analysis"
)

// A list may name a colleague in two columns, and then the one with the e-mail
// addresses is the telling one: it stands first, and the name takes what is
// left.
var (
	managerEmails = []string{"relatiebeheerderemail", "relatiemanageremail", "emailrelatiemanager", "emailrelatiebeheerder", "emailadresrelatiebeheerder", "emailadresrelatiemanager", "emailaccountmanager", "accountmanageremail", "manageremail"}
	managerNames  = []string{"relatiebeheerder", "relatiemanager", "rm", "accountmanager", "klantbeheerder", "klantmanager", "dossierhouder", "behandelaar", "beheerder", "relationshipmanager", "manager"}
	partnerEmails = []string{"vennootemail", "emailvennoot", "emailadresvennoot", "partneremail", "emailpartner"}
	partnerNames  = []string{"vennoot", "partner", "verantwoordelijkevennoot", "verantwoordelijkpartner", "tekenendaccountant", "eindverantwoordelijke"}
)

// after returns names at the ranks they have behind others, so that a field of
// which those are the telling names chooses first.
func after(others []string, names ...[]string) []string {
	ranks := make([]string, len(others))
	for i := range ranks {
		ranks[i] = "-" // no folded name has it
	}
	return append(ranks, slices.Concat(names...)...)
}

// clientsKind is a client list.
var clientsKind = kind{
	name: analysis.ImportClients,
	fields: []field{
		{"number", numberContent, []string{"klantnummer", "klantnr", "klantcode", "klantid", "relatienummer", "relatienr", "relatiecode", "clientnummer", "clientnr", "clientcode", "customernumber", "customerno", "customerid", "clientnumber", "clientid", "clientno", "dossiernummer", "debiteurnummer", "debiteurennummer", "debiteurnr", "debiteurcode", "nummerklant", "nummerrelatie", "nummerdebiteur", "nummerclient", "nummer", "nr", "code", "number", "id", "debiteur", "debtor"}},
		{"name", textContent, []string{"klantnaam", "bedrijfsnaam", "naam", "relatienaam", "clientnaam", "debiteurnaam", "naamklant", "naamrelatie", "naamdebiteur", "naamclient", "debtorname", "handelsnaam", "statutairenaam", "organisatie", "bedrijf", "klant", "relatie", "companyname", "customername", "clientname", "name", "company", "customer", "client"}},
		{"debtor", numberContent, []string{"debiteurnummer", "debiteurennummer", "debiteurnr", "debiteurennr", "debiteurcode", "debiteur", "debtornumber", "debtorno", "debtorid", "debtor"}},
		{"group", textContent, []string{"relatiegroep", "relatiegroepnummer", "relatiegroepnaam", "groep", "groepsnaam", "groepnummer", "concern", "concernnaam", "clientgroup", "customergroup", "groupname", "group"}},
		{"manager", textContent, slices.Concat(managerEmails, managerNames)},
		{"manager_name", textContent, after(managerEmails, managerNames, []string{"naamrelatiebeheerder", "naamrelatiemanager", "relatiebeheerdernaam", "relatiemanagernaam", "managername"})},
		{"partner", textContent, slices.Concat(partnerEmails, partnerNames)},
		{"partner_name", textContent, after(partnerEmails, partnerNames, []string{"naamvennoot", "vennootnaam", "naampartner", "partnername"})},
		{"kvk", numberContent, []string{"kvknummer", "kvknr", "kvk", "kamervankoophandel", "kamervankoophandelnummer", "handelsregisternummer", "handelsregister", "inschrijvingsnummerkvk", "chamberofcommerce", "chamberofcommercenumber", "cocnumber", "coc"}},
		{"vat", textContent, []string{"btwnummer", "btwnr", "btwid", "btwidentificatienummer", "btwidnummer", "omzetbelastingnummer", "btw", "vatnumber", "vatid", "vatno", "taxid", "vat"}},
		{"email", textContent, []string{"email", "emailadres", "emailklant", "emailalgemeen", "emailaddress", "mail", "mailadres"}},
		{"kind", textContent, []string{"soortklant", "soort", "klantsoort", "relatiesoort", "typeklant", "klanttype", "rechtsvorm", "categorie", "clienttype", "customertype", "kind", "category"}},
		{"sbi", textContent, []string{"sbicode", "sbi", "branchecode", "branche", "sector", "industry", "industrycode"}},
		{"fte", amountContent, []string{"fte", "aantalfte", "aantalmedewerkers", "medewerkers", "werknemers", "aantalwerknemers", "personeel", "employees", "numberofemployees", "headcount"}},
		{"balance_total", amountContent, []string{"balanstotaal", "totaalbalans", "balancetotal", "balancesheettotal", "totalassets"}},
		{"stage", textContent, []string{"levensfase", "fase", "bedrijfsfase", "stage", "lifestage"}},
		{"status", textContent, []string{"status", "klantstatus", "relatiestatus", "clientstatus", "customerstatus"}},
		{"focus_market", textContent, []string{"focusmarkt", "doelmarkt", "focusmarket", "targetmarket", "markt"}},
		{"referrer", textContent, []string{"verwijzer", "aangebrachtdoor", "verwezendoor", "doorverwezendoor", "aanbrenger", "herkomst", "referrer", "referredby"}},
		{"elsewhere", amountContent, []string{"bestedingelders", "omzetelders", "eldersbesteed", "elders", "elsewhere", "spendelsewhere"}},
		{"audit", textContent, []string{"controleklant", "wettelijkecontrole", "controleplichtig", "controleplicht", "auditklant", "accountantscontrole", "auditclient", "statutoryaudit", "audit"}},
		{"since", dateContent, []string{"klantsinds", "sinds", "relatiesinds", "startdatum", "ingangsdatum", "begindatum", "datumintake", "clientsince", "customersince", "since", "startdate"}},
		{"until", dateContent, []string{"klanttot", "einddatum", "datumvertrek", "uitdienstdatum", "beeindigd", "beeindigdop", "clientuntil", "until", "enddate"}},
		{"contact", textContent, []string{"contactpersoon", "contactnaam", "naamcontactpersoon", "contact", "contactperson", "contactname", "dga"}},
		{"contact_role", textContent, []string{"functie", "functiecontactpersoon", "contactfunctie", "rolcontactpersoon", "jobtitle", "contactrole", "role"}},
		{"contact_email", textContent, []string{"emailcontactpersoon", "contactemail", "contactpersoonemail", "emailcontact", "contactemailaddress"}},
		{"contact_phone", textContent, []string{"telefooncontactpersoon", "contacttelefoon", "telefoonnummer", "telefoon", "tel", "mobiel", "phone", "phonenumber", "contactphone"}},
		{"contact_objects", textContent, []string{"bezwaar", "bezwaarprofilering", "bezwaartegenprofilering", "maaktbezwaar", "objects", "objection", "objectstoprofiling"}},
	},
	required: func(has func(string) bool) (missing []string) {
		for _, name := range []string{"number", "name"} {
			if !has(name) {
				missing = append(missing, name)
			}
		}
		return missing
	},
	reader: newClientRows,
}

// statuses are the words of the column status, folded.
var statuses = map[string]analysis.ClientStatus{
	"klant": analysis.Current, "relatie": analysis.Current, "actief": analysis.Current, "current": analysis.Current, "active": analysis.Current, "client": analysis.Current, "customer": analysis.Current,
	"prospect": analysis.Prospect, "lead": analysis.Prospect, "suspect": analysis.Prospect,
	"oudklant": analysis.Former, "exklant": analysis.Former, "inactief": analysis.Former, "vertrokken": analysis.Former, "vervallen": analysis.Former, "beeindigd": analysis.Former, "opgezegd": analysis.Former, "exrelatie": analysis.Former, "oudrelatie": analysis.Former, "former": analysis.Former, "inactive": analysis.Former, "formerclient": analysis.Former,
}

// clientRows reads a client list.
type clientRows struct {
	t *table

	number, name, debtor, group, kvk, vat, email, kind, sbi, stage, focusMarket, referrer,
	contact, contactRole, contactEmail, contactPhone, manager, managerName, partner, partnerName, fte, balanceTotal, elsewhere, since, until, status, audit, objects *column
}

func newClientRows(t *table) recordReader {
	at := t.positions()
	return &clientRows{
		t:            t,
		number:       at["number"],
		name:         at["name"],
		debtor:       at["debtor"],
		group:        at["group"],
		kvk:          at["kvk"],
		vat:          at["vat"],
		email:        at["email"],
		kind:         at["kind"],
		sbi:          at["sbi"],
		stage:        at["stage"],
		focusMarket:  at["focus_market"],
		referrer:     at["referrer"],
		contact:      at["contact"],
		contactRole:  at["contact_role"],
		contactEmail: at["contact_email"],
		contactPhone: at["contact_phone"],
		manager:      at["manager"],
		managerName:  at["manager_name"],
		partner:      at["partner"],
		partnerName:  at["partner_name"],
		fte:          at["fte"],
		balanceTotal: at["balance_total"],
		elsewhere:    at["elsewhere"],
		since:        at["since"],
		until:        at["until"],
		status:       at["status"],
		audit:        at["audit"],
		objects:      at["contact_objects"],
	}
}

func (c *clientRows) read(r row, b *batch) *analysis.Error {
	cells := cellReader{t: c.t, row: r}
	s := analysis.StagedClient{Line: r.line}
	s.FTE, s.Balance, s.Elsewhere, s.Since, s.Until = -1, -1, -1, analysis.NoDay, analysis.NoDay

	s.Number, s.Name = cells.number(c.number), cells.text(c.name)
	s.Debtor, s.GroupName = cells.number(c.debtor), cells.number(c.group)
	s.KVK, s.VAT = c.t.kvk(cells.number(c.kvk), r.line), cells.text(c.vat)
	s.Client.Email = cells.email(c.email)
	s.Kind, s.SBI, s.Stage = cells.text(c.kind), cells.text(c.sbi), cells.text(c.stage)
	s.Market, s.Referrer = cells.text(c.focusMarket), cells.text(c.referrer)
	s.ContactName, s.ContactRole = cells.text(c.contact), cells.text(c.contactRole)
	s.ContactEmail, s.ContactPhone = cells.email(c.contactEmail), cells.text(c.contactPhone)
	s.ManagerEmail, s.ManagerName = cells.colleague(c.manager, c.managerName)
	s.PartnerEmail, s.PartnerName = cells.colleague(c.partner, c.partnerName)
	s.FTE = cells.quantity(c.fte)
	s.Balance, s.Elsewhere = cells.euros(c.balanceTotal), cells.euros(c.elsewhere)
	s.Since, s.Until = cells.day(c.since), cells.day(c.until)
	s.Status, s.Audit = cells.status(c.status), cells.audit(c.audit)
	s.Objects = cells.objects(c.objects) && s.ContactName+s.ContactEmail != ""

	switch {
	case isTotalsWord(s.Number) || s.Number == "" && (isTotalsWord(s.Name) || isTotalsCount(s.Name)):
		return errTotals
	case cells.failed != nil:
		return cells.failed
	case s.Number == "":
		return analysis.Fail(analysis.Invalid, "import.number_missing", nil)
	case s.Name == "":
		return analysis.Fail(analysis.Invalid, "import.name_missing", nil)
	}
	s.VAT = c.t.vat(s.VAT, r.line, natural{kind: s.Kind, name: s.Name})
	b.clients = append(b.clients, s)
	return nil
}

func (c *clientRows) finish(*Summary) {}

// status reads the word of the column status; empty stays empty.
func (r *cellReader) status(c *column) analysis.ClientStatus {
	cell := r.text(c)
	if cell == "" {
		return ""
	}
	s, known := statuses[fold(cell)]
	if !known {
		r.refuse("import.status_unknown", c, cell)
	}
	return s
}

// yesNo are the words that say so in any column, folded.
var yesNo = map[string]bool{"ja": true, "j": true, "yes": true, "y": true, "true": true, "waar": true, "1": true, "x": true,
	"nee": false, "n": false, "no": false, "false": false, "onwaar": false, "0": false, "geen": false, "none": false}

// audits are what else the column audit says it with. A review (beoordeling) is no
// audit, though it is assurance: what is forbidden there the office says by naming it an
// audit client.
var audits = map[string]bool{"wettelijk": true, "wettelijkecontrole": true, "vrijwillig": true, "vrijwilligecontrole": true,
	"controle": true, "controleklant": true, "audit": true, "samenstel": false, "samenstelling": false, "beoordeling": false}

// yesOrNo reads which of the two it is, said in words of yesNo or of also. given is false
// where the cell is empty, and where it says neither, which is refused.
func (r *cellReader) yesOrNo(c *column, also map[string]bool) (said, given bool) {
	cell := r.text(c)
	if cell == "" {
		return false, false
	}
	if said, given = yesNo[fold(cell)]; !given {
		said, given = also[fold(cell)]
	}
	if !given {
		r.refuse("import.audit_unknown", c, cell)
	}
	return said, given
}

// objects reads whether a contact person objects; empty is no. A word that is neither is
// refused: an objection must not get lost.
func (r *cellReader) objects(c *column) bool {
	said, _ := r.yesOrNo(c, nil)
	return said
}

// audit reads whether the office audits the client; empty stays empty.
func (r *cellReader) audit(c *column) analysis.Audit {
	switch said, given := r.yesOrNo(c, audits); {
	case said:
		return analysis.Audited
	case given:
		return analysis.NotAudited
	}
	return ""
}
