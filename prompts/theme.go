package prompts

import "strings"

// DefaultThemes are the nine themes an office begins with, each with seed words in
// Dutch and English that the office can edit.
func DefaultThemes() []Theme {
	var themes []Theme
	for line := range strings.Lines(defaultThemes) {
		if name, seeds, ok := strings.Cut(strings.TrimSpace(line), ":"); ok {
			themes = append(themes, Theme{Name: name, Seeds: strings.Fields(seeds)})
		}
	}
	return themes
}

const defaultThemes = `
	opvolging: opvolger bedrijfsopvolging bedrijfsoverdracht overdracht overname overdragen stoppen pensioen verkopen verkoop zoon dochter succession successor takeover
	financiering: financieren lening leningen bank hypotheek krediet liquiditeit investering investeren rente crowdfunding financing loan funding
	personeel: medewerkers werknemers loon lonen salaris salarissen loonstrook vacature vacatures verzuim arbeidsmarkt werving cao staff employees payroll
	digitalisering: digitaal digitale portaal app software automatisering online koppeling koppelingen scannen website cloud ai digital portal
	fiscale planning: fiscaal fiscale belasting belastingen aangifte aangiften btw vpb belastingdienst box dga-loon aftrek tax taxes vat
	groei: groeien uitbreiden uitbreiding omzetgroei schaal markt export internationaal strategie plannen growth expansion
	privevermogen: vermogen prive privé beleggen sparen erfenis erven schenken schenking testament nalatenschap wealth inheritance
	regelgeving: wet wetten wetgeving regels wwft avg ubo compliance toezicht vergunning deponeren rules regulation
	duurzaamheid: duurzaam duurzame csrd esg co2 energie zonnepanelen milieu klimaat verduurzamen vergroenen sustainability sustainable climate
`
