package offline

import "klantbot/prompts"

// Sides says whether some sentence of text praises and whether some sentence of it
// blames, by the lexicon.
func Sides(text string) (praise, blame bool) {
	r := newReader()
	for _, sentence := range split(text) {
		ts := r.tokens(text[sentence.start:sentence.end])
		switch polarityOf(about(ts, r.hits(ts), -1, -1)) {
		case prompts.Positive:
			praise = true
		case prompts.Negative:
			blame = true
		}
	}
	return praise, blame
}
