package ask

// officeRules are about many clients at once.
const officeRules = `
pyramid.migration: pyramid|layerword moved|growth|decline|changes + many
pyramid.migration: moved + many seg segment
pyramid.show: pyramid|layerword + summary show many howmany stands revenue top
segment.compare: seg2 compare|difference|otherwise + seg many revenue segment
segment.compare: seg2 revenue
segment.compare: segment compare|difference + many revenue
segment.compare: segment|seg moved|changes -pyramid -layerword + who many
segment.border: border + seg seg2 segment many
attention.overdue: overdue + who many spoken_to must attention touch moments meeting seg spoke
attention.report: attention report|stands|howmany|coverage|done + seg planned
attention.report: planned done + moments attention touch
attention.report: coverage + seg many
attention.report: moments|touch|meeting howmany|report|done + we many planned
attention.report: stands moments|attention
attention.report: spoke howmany + many
attention.week: attention -report -coverage + who many which me thisweek seg show mgr
attention.week: spoken_to must|who|many|thisweek + which thisweek next me
attention.week: thisweek todo|must|planned|due|me + who show next
attention.week: due who|many
attention.week: todo + me next
attention.week: planned me
portfolio.no_contact: neg spoke|touch|moments|spoken_to|attention|meeting + many who which seg days howlong last me
portfolio.no_contact: days spoke|touch|moments + many
portfolio.no_contact: neglected + who which many days
portfolio.decline: decline + many revenue top who which portfolio seg moved neg growth
portfolio.growth: growth + many top who which revenue portfolio seg moved
portfolio.top: top many|me|we|portfolio|revenue|value|limit|seg|mgr + who which revenue many value limit seg me
portfolio.top: limit many
portfolio.top: revenue most
portfolio.summary: portfolio stands|how|summary|revenue|howmany|value|report + me mgr
portfolio.summary: howmany ctype + many me mgr
portfolio.summary: howmany many -seg -segment + me mgr we
portfolio.summary: revenue me|mgr|we + many howmany
portfolio.summary: many|me|mgr stands|summary
portfolio.list: portfolio + show which many me seg
portfolio.list: many me|mgr + manager show which seg ctype
portfolio.list: seg|ctype me|mgr + many
portfolio.list: services -C many|who|which + seg me mgr lacks neg
portfolio.list: mgr show|manager
portfolio.list: ctype -compare + many who which show me mgr seg
segment.list: seg|segment -compare -difference -ctype + many show which who howmany revenue summary
`
