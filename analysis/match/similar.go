package match

import "bytes"

// sameWord is the similarity from which two words count as the same.
const sameWord = .95

// maxLikeness keeps words that differ below sameWord.
const maxLikeness = .94

// pattern compares one query word with many words. The distance is taken in
// bytes of folded words, which for names in Latin script is letters.
type pattern struct {
	word []byte
	peq  [256]uint64 // peq[c] has bit i set where word[i] == c
	// short is the pattern of word with y for ij; unused inside short itself.
	short *pattern
}

// set makes p compare with word, of 1..64 bytes.
func (p *pattern) set(word []byte) {
	p.setOnly(word)
	if p.short == nil {
		p.short = new(pattern)
	}
	p.short.setOnly(shortY(nil, word))
}

func (p *pattern) setOnly(word []byte) {
	for _, c := range p.word {
		p.peq[c] = 0
	}
	p.word = append(p.word[:0], word...)
	for i, c := range p.word {
		p.peq[c] |= 1 << i
	}
}

// shortY appends word with y for ij to dst.
func shortY(dst, word []byte) []byte {
	for i := 0; i < len(word); i++ {
		c := word[i]
		if c == 'i' && i+1 < len(word) && word[i+1] == 'j' {
			c = 'y'
			i++
		}
		dst = append(dst, c)
	}
	return dst
}

// distance returns the optimal string alignment distance of p's word and w:
// the least number of insertions, deletions, substitutions and swaps of
// neighbours, no letter touched twice. Bit-parallel, one column of the matrix
// a step; source: Hyyrö, "A Bit-Vector Algorithm for Computing Levenshtein and
// Damerau Edit Distances", 2003.
func (p *pattern) distance(w []byte) int {
	var (
		vp, vn, d0, before uint64 = ^uint64(0), 0, 0, 0
		last                      = uint(len(p.word) - 1)
		d                         = len(p.word)
	)
	for _, c := range w {
		eq := p.peq[c]
		swap := ((^d0 & eq) << 1) & before
		d0 = (((eq & vp) + vp) ^ vp) | eq | vn | swap
		hp := vn | ^(d0 | vp)
		hn := d0 & vp
		d += int(hp>>last&1) - int(hn>>last&1)
		hp = hp<<1 | 1
		vp = hn<<1 | ^(d0 | hp)
		vn = hp & d0
		before = eq
	}
	return d
}

// similarity returns how alike p's word and w are, in 0..1, 1 only when equal.
// With d the distance (in the better of the two spellings of ij) and n the length of p's word it is the greatest of
//
//	1 - d(.6+.4d)/(n+1)     typing errors; several count more than their sum
//	.55 + .4·n/len(w)       w begins with the word (of two letters or more)
//	.48 + .35·n/len(w)      w ends in the word (of five letters or more)
//
// and .04 more where one of the two doubles a letter of the other, which people
// who only heard a name can not know.
func (p *pattern) similarity(w []byte) float32 {
	n, m := len(p.word), len(w)
	if n == m && bytes.Equal(p.word, w) {
		return 1
	}
	d := float32(p.distance(w))
	if d > 1 && (len(p.short.word) < n || bytes.Contains(w, []byte("ij"))) {
		var space [2 * maxWord]byte
		d = min(d, float32(p.short.distance(shortY(space[:0], w))))
	}
	s := 1 - d*(.6+.4*d)/float32(n+1)
	if d == 1 && doubled(p.word, w) {
		s += .04
	}
	if m > n {
		ratio := float32(n) / float32(m)
		switch {
		case n >= 2 && bytes.HasPrefix(w, p.word):
			s = max(s, .55+.4*ratio)
		case n >= 5 && bytes.HasSuffix(w, p.word):
			s = max(s, .48+.35*ratio)
		}
	}
	return min(max(s, 0), maxLikeness)
}

// doubled reports whether the longer of a and b, at distance 1, has one letter
// more because it doubles one: Janssen and Jansen.
func doubled(a, b []byte) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(b) && a[i] == b[i] {
		i++
	}
	return len(a) == len(b)+1 && i > 0 && a[i] == a[i-1]
}
