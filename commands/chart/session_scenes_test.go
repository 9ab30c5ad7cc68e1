package chart

import (
	"math"
	"strings"

	"klantbot/commands/locale"
)

func fact(text string) []JourneyEntry    { return []JourneyEntry{{text, Fact}} }
func assumed(text string) []JourneyEntry { return []JourneyEntry{{text, Assumption}} }
func wanted(text string) []JourneyEntry  { return []JourneyEntry{{text, Unmarked}} }

// newClient is a klantreis as a team made it: one phase with four visible answers,
// one with too few, empty cells.
func newClient() JourneyMap {
	return JourneyMap{Experience: "zeer betrokken, verrassend, totaaloplosser", Phases: []JourneyPhase{
		{Name: "Kennismaking", Feeling: Feeling{Persons: 7, Median: 4, Low: 3, High: 5},
			Does: fact("Belt na een tip van een collega-ondernemer en komt langs op kantoor"), Thinks: fact("Eindelijk iemand die naar mijn verhaal luistert"),
			Channel: fact("Telefoon, bezoek"), Owner: wanted("Relatiemanager"), Behaviour: wanted("Doorvragen naar de vraag achter de vraag, nog geen oplossing noemen"),
			Opportunity: wanted("Binnen een dag een persoonlijk verslag van het gesprek sturen")},
		{Name: "Offerte", Feeling: Feeling{Persons: 7, Median: 3.5, Low: 2, High: 4},
			Does: fact("Vergelijkt drie offertes op prijs"), Thinks: assumed("Ik snap niet waarin jullie anders zijn"),
			Channel: fact("E-mail"), Owner: wanted("Relatiemanager, vennoot"), Behaviour: wanted("De offerte samen doorlopen in plaats van mailen"),
			Opportunity: wanted("Offerte in gewone taal op één pagina")},
		{Name: "Onboarding (Wwft)", Feeling: Feeling{Persons: 6, Median: 1.5, Low: 1, High: 3},
			Does:   []JourneyEntry{{"Levert twee keer dezelfde documenten aan", Fact}, {"Belt wanneer het klaar is", Fact}, {"Zoekt een kopie van het paspoort", Assumption}},
			Thinks: fact("Waarom vragen jullie dit nog een keer? Dat heb ik vorige week al gestuurd."), Channel: fact("Portaal, e-mail"), Owner: wanted("Cliëntacceptatie"),
			Behaviour:   wanted("Uitleggen waarom de wet dit vraagt en wanneer het klaar is"),
			Opportunity: []JourneyEntry{{"Eén lijst, één keer vragen", Unmarked}, {"Iemand belt op dag drie", Unmarked}}},
		{Name: "Lopend jaar", Feeling: Feeling{Persons: 4, Visible: []int{3, 4, 4, 2}},
			Does: fact("Stuurt facturen door via de app"), Channel: fact("App"), Owner: wanted("Assistent"), Behaviour: wanted("Zelf bellen als iets opvalt")},
		{Name: "Jaarrekening en aangifte", Feeling: Feeling{Persons: 7, Median: 3, Low: 2, High: 4},
			Does: fact("Tekent de jaarrekening digitaal, leest hem niet"), Thinks: fact("Prima werk, maar wat betekent het voor mij?"), Channel: fact("Portaal"),
			Owner: wanted("Assistent, RM"), Behaviour: wanted("Drie zinnen in gewone taal bij elke jaarrekening"), Opportunity: wanted("Filmpje van twee minuten van de eigen RM")},
		{Name: "Adviesgesprek", Feeling: Feeling{Persons: 7, Median: 4.5, Low: 4, High: 5},
			Does: fact("Neemt partner en opvolger mee"), Thinks: fact("Hier had ik zelf nooit aan gedacht"), Channel: fact("Bezoek"), Owner: wanted("RM en vennoot"),
			Behaviour: wanted("Vragen waarvan de klant zich nog niet bewust is"), Opportunity: wanted("Jaarlijks gesprek over arbeidsongeschiktheidsverzekeringen en opvolging")},
		{Name: "Verlengen of vertrek", Feeling: Feeling{Persons: 3},
			Does: assumed("Zegt stilzwijgend niets en blijft"), Thinks: assumed("Ik hoor alleen iets als er een factuur komt"), Owner: wanted("Vennoot"),
			Behaviour: wanted("Vertrekkers zelf bellen")},
	}}
}

func relevance() OutcomeTable {
	return OutcomeTable{Voters: 8, Actions: 4, Items: []OutcomeItem{
		{"Persoonlijk contact met een vaste relatiemanager", Now, Keep, 9}, {"Snelle en foutloze aangiften", Now, Keep, 4},
		{"Elk kwartaal cijfers bespreken in gewone taal", Now, Start, 7}, {"Binnen een werkdag terugbellen", Now, Start, 5}, {"Zelf bellen als de liquiditeit daalt", Now, Start, 2},
		{"Jaarrekening zonder toelichting opsturen", Now, Stop, 6},
		{"De vraag achter de vraag kennen: bedrijf én privé", InThreeYears, Keep, 6},
		{"Sparren over bedrijfsopvolging en waardebepaling voordat de klant erom vraagt", InThreeYears, Start, 11},
		{"Duurzaamheidsverslag en CO2-cijfers voor de keten", InThreeYears, Start, 8}, {"Dashboard met voorspelling van de kaspositie", InThreeYears, Start, 3},
		{"Boeken en bonnetjes inkloppen: dat doet software", InThreeYears, Stop, 7}, {"Uurtje-factuurtje", InThreeYears, Stop, 7}}}
}

func journeyScene(name string, j JourneyMap, o Options, golden bool) scene {
	return scene{"journey_" + name, func(p *locale.Printer) *slide { return drawJourney(p, j, o) },
		func(p *locale.Printer) string { return JourneyText(p, j, o) }, golden}
}

func outcomeScene(name string, t OutcomeTable, o Options, golden bool) scene {
	return scene{"outcome_" + name, func(p *locale.Printer) *slide { return drawOutcome(p, t, o) },
		func(p *locale.Printer) string { return OutcomeText(p, t, o) }, golden}
}

// sessionScenes are the states of the pictures of a session.
func sessionScenes(wordy Options) []scene {
	endless := strings.Repeat("arbeidsongeschiktheidsverzekeringsmaatschappij ", 12)
	many := JourneyMap{Experience: endless}
	for i := range 9 {
		e := []JourneyEntry{{endless, Fact}, {endless, Assumption}, {"kort", Fact}, {endless, Unmarked}}
		many.Phases = append(many.Phases, JourneyPhase{Name: endless, Does: e, Thinks: e, Channel: e, Owner: e, Behaviour: e, Opportunity: e,
			Feeling: Feeling{Persons: 12, Median: float64(1 + 4*(i%2)), Low: 1, High: 5}})
	}
	odd := JourneyMap{Phases: []JourneyPhase{
		{Name: "משפחה", Does: fact("הלקוח מתקשר (3 פעמים) אל Jansen BV"), Thinks: fact("למה אתם שואלים שוב?"), Feeling: Feeling{Persons: 5, Median: 5, Low: math.NaN(), High: math.Inf(1)}},
		{Name: "العربية", Does: fact("نص طويل بالعربية"), Thinks: assumed("\u202eomgekeerd\u202c 🙂"), Feeling: Feeling{Persons: 5, Median: 1, Low: 9, High: -4}},
		{Name: "", Does: []JourneyEntry{{" \n", Fact}}, Feeling: Feeling{Persons: 900, Median: math.NaN()}},
		{Name: "x", Feeling: Feeling{Persons: 4, Visible: []int{1, 1, 1, 1, 7, -2}}},
		{Name: "y", Feeling: Feeling{Persons: 4, Visible: []int{5, 5, 5, 5}}},
	}}
	hidden := newClient()
	for i := range hidden.Phases {
		hidden.Phases[i].Feeling = Feeling{Persons: 4, Median: 3.25, Low: 1, High: 5} // must not be drawn
	}
	crowded := OutcomeTable{Voters: 12}
	for i := range 40 {
		crowded.Items = append(crowded.Items, OutcomeItem{endless, Horizon(i % 2), Course(i % 3), i * i * 1000})
	}
	strange := OutcomeTable{Actions: 1, Voters: 1, Items: []OutcomeItem{{"שלום עולם (2027)", Now, Keep, -3}, {"نص", InThreeYears, Stop, 1}, {"  ", Now, Stop, 9}, {"nergens", 7, 9, 4}}}
	one := JourneyMap{Phases: newClient().Phases[2:3]}
	return []scene{
		journeyScene("client", newClient(), asOf, true),
		journeyScene("one", one, asOf, false),
		journeyScene("three", JourneyMap{Phases: newClient().Phases[4:]}, asOf, false),
		journeyScene("none", JourneyMap{}, Options{}, false),
		journeyScene("endless", many, wordy, false),
		journeyScene("odd", odd, asOf, false),
		journeyScene("hidden", hidden, asOf, false),
		outcomeScene("office", relevance(), asOf, true),
		outcomeScene("none", OutcomeTable{}, Options{}, false),
		outcomeScene("crowded", crowded, wordy, false),
		outcomeScene("strange", strange, asOf, false),
	}
}
