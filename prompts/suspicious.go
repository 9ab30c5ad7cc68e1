package prompts

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// instructions are what people write to a machine, not to their accountant, in
// the languages that turn up. It is compiled when it is first asked for: it takes
// a quarter of a megabyte, which most runs of the program never need.
var instructions = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)` + strings.Join([]string{
		`\b(negeer|vergeet)\b.{0,40}\b(instructies|opdracht(en)?|regels|voorgaande|bovenstaande|vorige)`,
		`\b(ignore|disregard|forget)\b.{0,40}\b(instructions?|prompts?|rules|previous|above|everything)`,
		`\b(ignoriere|vergiss)\b.{0,40}\b(anweisungen|regeln|vorherigen|obigen)`,
		`\b(ignorez|oubliez|ignore)\b.{0,40}\b(instructions|consignes|précédentes)`,
		`\b(je bent|jij bent|u bent) (nu|vanaf nu)\b`,
		`\b(you are|act) (now|as) (a|an|the)\b`,
		`\bsystem ?(prompt|message)\b|\bsysteem(prompt|bericht)\b`,
		`(^|\n)\s*(system|assistant|user)\s*:`,
		`<\|?(im_start|im_end|system|endoftext)\b|\[/?INST\]|</?(system|instructions?)>`,
		`\b(schrijf|antwoord|zeg|geef)\b.{0,30}\b(alleen|uitsluitend|enkel)\b.{0,40}\b(json|dat alles|positief|perfect)`,
		`\b(output|respond|reply|answer)\b.{0,20}\b(only|with)\b.{0,40}\b(json|positive|yes)`,
	}, "|"))
})

// signs are pieces of which every match of instructions has one; looking for them
// first costs a tenth.
var signs = []string{"negeer", "vergeet", "ignor", "disregard", "forget", "vergiss", "oubliez", " bent ", "you are", "act as", "act now",
	"system", "systeem", "assistant", "user", "<", "[", "alleen", "uitsluitend", "enkel", "only", "with"}

// longestLook bounds how much of an answer is looked through.
const longestLook = 20_000

// Suspicious says whether an answer looks like instructions to a language model.
// It may be wrong either way: such an answer takes part like any other, and a
// person is asked to look at it.
func Suspicious(text string) bool {
	text = strings.ToLower(text[:min(len(text), longestLook)])
	return slices.ContainsFunc(signs, func(sign string) bool { return strings.Contains(text, sign) }) && instructions().MatchString(text)
}
