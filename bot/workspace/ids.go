package workspace

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
)

// newID makes an identifier as Slack's: a letter and ten capitals or digits.
func newID(prefix string) string {
	return prefix + randomText(10, "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ")
}

func randomText(n int, alphabet string) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails, see crypto/rand
	for i := range b {
		b[i] = alphabet[int(b[i])%len(alphabet)]
	}
	return string(b)
}

func randomHex(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b)
	return hex.EncodeToString(b)
}

func newUUID() string {
	h := randomHex(16)
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// formatTS writes microseconds since 1970 as Slack's ts, "1700000000.000100".
func formatTS(us int64) string { return fmt.Sprintf("%d.%06d", us/1e6, us%1e6) }

// tsMillis is the time of a ts in Unix milliseconds, 0 when it is none.
func tsMillis(ts string) int64 {
	sec, frac, ok := strings.Cut(ts, ".")
	s, err := strconv.ParseInt(sec, 10, 64)
	if !ok || err != nil || len(frac) != 6 {
		return 0
	}
	us, err := strconv.ParseInt(frac, 10, 64)
	if err != nil {
		return 0
	}
	return s*1000 + us/1000
}

func isTS(ts string) bool { return tsMillis(ts) != 0 }
