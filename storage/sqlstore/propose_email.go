package sqlstore

import "strings"

// freeMail are the providers whose domain says nothing about who is related.
var freeMail = wordSet(`gmail.com googlemail.com hotmail.com hotmail.nl hotmail.be outlook.com outlook.nl live.com live.nl
	live.be msn.com yahoo.com yahoo.nl yahoo.co.uk ymail.com icloud.com me.com mac.com aol.com proton.me protonmail.com
	pm.me gmx.com gmx.net gmx.nl mail.com mail.ru zoho.com tutanota.com fastmail.com hey.com web.de t-online.de
	ziggo.nl kpnmail.nl kpnplanet.nl planet.nl hetnet.nl xs4all.nl home.nl upcmail.nl chello.nl casema.nl quicknet.nl
	telfort.nl tele2.nl zonnet.nl wanadoo.nl orange.nl caiway.nl caiway.net solcon.nl online.nl versatel.nl freeler.nl
	tiscali.nl concepts.nl zeelandnet.nl kabelfoon.nl multiweb.nl onsbrabantnet.nl onsnet.nu delta.nl filternet.nl
	kliksafe.nl introweb.nl hccnet.nl dds.nl iae.nl euronet.nl lijbrandt.nl kickmail.nl trined.nl glasoperator.nl
	skynet.be telenet.be scarlet.be proximus.be vodafone.nl vodafonevast.nl t-mobilethuis.nl odido.nl budget.nl`)

// address returns an e-mail address in small letters and its domain, or two
// empty strings when it is none.
func address(email string) (whole, domain string) {
	whole = strings.ToLower(strings.TrimSpace(email))
	user, domain, ok := strings.Cut(whole, "@")
	if !ok || user == "" || !strings.Contains(domain, ".") || strings.ContainsAny(domain, "@ ,;") {
		return "", ""
	}
	return whole, domain
}
