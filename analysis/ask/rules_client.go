package ask

// clientRules are about one client, C.
const clientRules = `
help: help -C
unknown: order -session -log
unknown: C order -session -log
touch.log: C log + touch spoke spoken_to meeting moments just me we
touch.log: C just spoke|spoken_to|meeting -when -asks
touch.log: C spoke me|we -when -last -neg -howlong -asks -ago -many
touch.log: C spoke|meeting recently -when -last -neg -howlong -asks -ago -prepare
touch.log: C phoned -when -last -neg -howlong -asks + just me we
touch.log: log touch|meeting -many
client.prepare: C prepare + meeting me know
client.prepare: C meeting|goingto -when -last -next -log -changes -sincelast -spoke -neg -howlong + me know must
client.prepare: prepare meeting
client.changes: C changes|sincelast + last meeting stands we
client.revenue: C revenue + howmany growth decline moved we
client.revenue: C growth|decline + howmany revenue
client.value: C value|important + how we score_on rating
client.value: C score_on
client.lifetime: C lifetime revenue + howmany
client.lifetime: C lifetime + value revenue else howlong
client.potential: C potential + revenue else howmany we
client.potential: C potential else revenue + howmany we
client.whitespace: C whitespace + services else lacks neg
client.whitespace: C services + lacks neg else which
client.whitespace: C lacks + else potential which neg
client.segment: C segment|seg -compare -difference + seg2
client.type: C type|kindof|ctype|strategy
client.contacts: C contacts -must -phoned + who
client.contacts: C who spoken_to|contacts|touch -last -next -neg -ago + must we
client.last_contact: C spoke + when last howlong neg who ago
client.last_contact: C last touch|moments|spoken_to|meeting|when + who when
client.last_contact: C ago + howlong
client.last_contact: C moments|touch -log -next -must + neg last
client.last_contact: C last
client.next_due: C next when|touch|moments|meeting|spoken_to|must|planned|due|attention -last + who
client.next_due: C must spoken_to -who + when
client.next_due: C when spoken_to|must|due -last + next
client.next_due: C due|attention|overdue|planned + next when moments touch meeting
client.next_due: C must touch
client.survey: C rating|opinion|survey|nps|understood|ambassador -log + we theme report score_on
client.survey: C theme
client.actions: C actions|todo|open + must we else
client.manager: C manager -must + who portfolio
client.manager: C who portfolio
client.peers: C peers + compare stands many how
client.peers: C compare
client.contacts: C who must -spoke -meeting
client.card: C + know show who stands how one me
`
