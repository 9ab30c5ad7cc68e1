package ask

// opinionRules are about what people say of the office.
const opinionRules = `
survey.winback: winback + back audience_oud-klanten many
survey.winback: audience_oud-klanten back + many which
survey.leads: leads + survey audience_prospects
survey.leads: audience_prospects wantcontact|spoken_to|touch + who which
survey.leads: wantcontact who
survey.ambassadors: ambassador + many seg who which we me
survey.gap: difference we one|many -seg -seg2 + opinion
survey.gap: gap + audience_medewerkers theme opinion many difference
survey.gap: audience_medewerkers difference|compare|otherwise + many opinion survey theme
survey.gap: audience_medewerkers many opinion
survey.gap: gap theme|subject|important|score_on + important score_on we subject theme
survey.gap: important score_on + many we gap
survey.gap: important neg|gap|decline + many we theme
survey.gap: we opinion many difference|compare|otherwise
survey.nps: nps + many survey score_on stands seg value report ambassador
survey.nps: ambassador would + we many
survey.theme: theme opinion|score_on|rating|important|survey|stands|subject + many anyone survey report value how we who
survey.report: survey + report show opinion anyone last rating stands changes
survey.report: opinion|rating anyone|we + many
`

// sessionRules are about discussions with facilitation.
const sessionRules = `
session.start: session start + prepare ready we seg2 C seg ctype show me
session.start: session prepare
session.status: session + C seg stands ready who which open show finish neg how
session.actions: actions -C + session many me open show we overdue thisweek mgr
session.actions: open todo
`
