package ask

// exactName is the score from which the index has just these words for a name.
const exactName = .97

// mostHeld is the most words of a name that is held.
const mostHeld = 5

// hold keeps the words of whole names from being read as anything else, "B&B Het Anker",
// "Wijngoed Sint Jan", "Loods 9 Events", until client looks for the name. It returns what
// it holds.
func (r *reading) hold() (held []span) {
	if r.vocabulary.Client == nil {
		return nil
	}
	for from := 0; from < len(r.words); from++ {
		if r.words[from].slot || !r.opens(from) {
			continue
		}
		for to := min(from+mostHeld, len(r.words)); to > from+1; to-- {
			if r.words[to-1].stop || r.words[to-1].slot || !r.doubtful(from, to) || r.index(from, to) < exactName {
				continue
			}
			take(r.words, from, to-from)
			held = append(held, span{from: from, to: to})
			from = to
			break
		}
	}
	return held
}

// opens says whether a whole name may begin at i: with a capital, or with a word that
// questions are not made of.
func (r *reading) opens(i int) bool {
	w := r.words[i]
	return w.capital() || !ordinaryWords()[w.plain] && !meanings().knows(w.plain)
}

// doubtful says whether one of the words would be read as something else, or not as part
// of a name.
func (r *reading) doubtful(from, to int) bool {
	d := meanings()
	for _, w := range r.words[from:to] {
		if len(w.plain) == 1 || dates(w) || dateWords[w.plain] || number(w.plain) > 0 || r.ours[w.plain] || d.knows(w.plain) {
			return true
		}
	}
	return false
}

// release gives the words back that were held.
func (r *reading) release(held []span) {
	for _, s := range held {
		for i := s.from; i < s.to; i++ {
			r.words[i].slot = false
		}
	}
}
