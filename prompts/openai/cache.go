package openai

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"

	"klantbot/prompts"
)

// key is the hash of everything that decides an answer: model, prompt file, schema
// and what is asked, without what is random in it.
func (j *job) key(p prompts.Prompt, fill map[string]any) (string, error) {
	text, err := p.Render(fill)
	if err != nil {
		return "", reason("prompt")
	}
	h := sha256.New()
	for _, part := range []string{j.config.BaseURL, j.config.Model, p.Name, string(p.Schema), j.bare(text)} {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// bare takes the nonce out of placeholders.
func (j *job) bare(text string) string { return strings.ReplaceAll(text, "_"+j.nonce+"]", "]") }

var bareMask = regexp.MustCompile(`\[([A-Z]+_[0-9]+)\]`)

// cached returns what was answered before, with this job's nonce. A cache that
// fails is no cache.
func (j *job) cached(ctx context.Context, key string) (string, bool) {
	if j.ports.Cache == nil {
		return "", false
	}
	content, ok, err := j.ports.Cache.Cached(ctx, key)
	if err != nil || !ok {
		return "", false
	}
	return bareMask.ReplaceAllString(string(content), "[${1}_"+j.nonce+"]"), true
}

// keep keeps what was answered, masked as it is, of a job that came to something:
// an answer that was refused would be refused again. Failing to is no harm.
func (j *job) keep(ctx context.Context) {
	if j.ports.Cache == nil {
		return
	}
	for key, content := range j.fresh {
		_ = j.ports.Cache.Keep(ctx, key, []byte(j.bare(content)))
	}
}
