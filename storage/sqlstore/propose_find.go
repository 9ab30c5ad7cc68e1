package sqlstore

import (
	"cmp"
	"context"
	"hash/maphash"

	"klantbot/analysis"
)

// What proposals are limited to. A name or domain that more groups share than
// togetherAtMost says little about any of them, and a partner laughs at it.
const (
	togetherAtMost = 4
	membersAtMost  = 8
	proposedAtMost = 1000 // by one import; the next one finds the rest
)

// What groups may share. As the first byte of a clue it also orders the scan.
const (
	byName    = 'n' // all words of the core, two at least
	byWord    = 's' // one word, of companies alone
	byAddress = 'a' // a whole e-mail address
	byDomain  = 'd' // the domain of one
	byContact = 'c' // a contact person whose surname is in the client's name
)

// Why, as storage.Proposal says it, strongest first.
var whys = map[byte]string{byName: "name", byWord: "name", byDomain: "email", byAddress: "contact", byContact: "contact"}

// propose looks for groups that names, e-mail or contact persons suggest are
// one, and writes those that were never proposed. It reads every client once,
// sorts what they share in dir and looks at neighbours: its work grows with
// the office and not with its square. It returns how many it wrote.
func propose(ctx context.Context, e executor, importID int64, dir string) (n int, err error) {
	f := &finder{e: e, clues: newSorter(dir, runBytes), own: map[string]bool{},
		parent: map[analysis.GroupID]analysis.GroupID{}, why: map[analysis.GroupID]byte{}}
	defer closing(&err, f.clues.close)
	for _, step := range []func(context.Context) error{f.readOwn, f.readClients, f.readContacts, f.readDismissed} {
		if err := step(ctx); err != nil {
			return 0, err
		}
	}
	if err := f.clues.finish(); err != nil {
		return 0, err
	}
	if err := f.join(); err != nil {
		return 0, err
	}
	return f.write(ctx, importID)
}

// finder finds proposals.
type finder struct {
	e         executor
	clues     *sorter
	sum       maphash.Hash
	words     words           // of the client at hand
	own       map[string]bool // domains of the office itself
	dismissed map[[2]analysis.GroupID]bool
	buf       []byte
	// parent is a forest whose trees are the groups that belong together; why
	// is the strongest reason in the tree of a root.
	parent map[analysis.GroupID]analysis.GroupID
	why    map[analysis.GroupID]byte
}

// clue notes that group has what kind and key say. Clues order by kind and key,
// so that those who share one are neighbours. mark and detail tell uses of a key
// apart.
func (f *finder) clue(kind, mark byte, detail uint64, group analysis.GroupID, key ...string) error {
	f.buf = putInt(append(f.buf[:0], kind), int64(f.hash(key)))
	f.buf = putInt(putInt(append(f.buf, mark), int64(detail)), int64(group))
	return f.clues.add(f.buf)
}

// hash returns a number for words in their order.
func (f *finder) hash(words []string) uint64 {
	f.sum.Reset()
	for _, w := range words {
		_, _ = f.sum.WriteString(w) // never fails
		_ = f.sum.WriteByte(' ')
	}
	return f.sum.Sum64()
}

// readOwn learns the office's own e-mail domains: a client that is reached
// through its manager is not related to the next one.
func (f *finder) readOwn(ctx context.Context) error {
	const emails = `SELECT email FROM manager`
	err := each(ctx, f.e, emails, func(row scanner) error {
		var email string
		err := row.Scan(&email)
		_, domain := address(email)
		f.own[domain] = true
		return err
	})
	return doing("read managers", err)
}

// readClients takes the clues of clients.
func (f *finder) readClients(ctx context.Context) error {
	const all = `SELECT group_id, name, email FROM client`
	err := each(ctx, f.e, all, func(row scanner) error {
		var group analysis.GroupID
		var name, email string
		if err := row.Scan(&group, &name, &email); err != nil {
			return err
		}
		f.words = f.words.of(name)
		return cmp.Or(f.name(f.words, group), f.email(email, group))
	})
	return doing("read clients", err)
}

// name takes the clues of a client's name. One word alone is a clue only
// between companies, and only if nobody else has it in their name: see join.
func (f *finder) name(w words, group analysis.GroupID) error {
	if len(w.core) > 1 {
		if err := f.clue(byName, 0, 0, group, w.full...); err != nil {
			return err
		}
	}
	mark := byte('t')
	switch {
	case len(w.core) == 1 && w.entity:
		mark = 'e'
	case len(w.core) == 1:
		mark = 'p'
	}
	for _, word := range w.core {
		if commonSurnames[word] {
			continue
		}
		if err := f.clue(byWord, mark, f.hash(w.full), group, word); err != nil {
			return err
		}
	}
	return nil
}

// email takes the clues of an e-mail address.
func (f *finder) email(email string, group analysis.GroupID) error {
	whole, domain := address(email)
	if whole == "" || f.own[domain] {
		return nil
	}
	if err := f.clue(byAddress, 0, 0, group, whole); err != nil || freeMail[domain] {
		return err
	}
	return f.clue(byDomain, 0, 0, group, domain)
}

// readContacts takes the clues of contact persons.
func (f *finder) readContacts(ctx context.Context) error {
	const all = `SELECT c.group_id, c.name, p.name, p.email FROM contact p JOIN client c ON c.id = p.client_id`
	err := each(ctx, f.e, all, func(row scanner) error {
		var group analysis.GroupID
		var client, name, email string
		if err := row.Scan(&group, &client, &name, &email); err != nil {
			return err
		}
		if err := f.email(email, group); err != nil {
			return err
		}
		key, surname := personKey(name)
		if key == "" || !wordsOf(client).has(surname) {
			return nil
		}
		return f.clue(byContact, 0, 0, group, key)
	})
	return doing("read contacts", err)
}

// readDismissed learns which groups people said do not belong together.
func (f *finder) readDismissed(ctx context.Context) error {
	const all = `SELECT a.group_id, b.group_id FROM proposal p
		JOIN proposal_group a ON a.proposal_id = p.id
		JOIN proposal_group b ON b.proposal_id = p.id AND b.group_id > a.group_id
		WHERE p.state = 'dismissed'`
	f.dismissed = map[[2]analysis.GroupID]bool{}
	err := each(ctx, f.e, all, func(row scanner) error {
		var pair [2]analysis.GroupID
		err := row.Scan(&pair[0], &pair[1])
		f.dismissed[pair] = true
		return err
	})
	return doing("read dismissed proposals", err)
}
