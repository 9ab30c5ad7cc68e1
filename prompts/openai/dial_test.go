package openai

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestDialled: whatever an address is called, it is judged by where it leads, on the
// very socket, before a byte of the key leaves.
func TestDialled(t *testing.T) {
	for _, c := range []struct {
		base, address string
		want          error
	}{
		{"https://x/v1", "169.254.169.254:443", ErrNoHost}, // Amazon, Google, Azure, Hetzner
		{"https://x/v1", "[::ffff:169.254.169.254]:443", ErrNoHost},
		{"https://x/v1", "[64:ff9b::a9fe:a9fe]:443", ErrNoHost},
		{"https://x/v1", "[fe80::1]:443", ErrNoHost},
		{"https://x/v1", "[fd00:ec2::254]:443", ErrNoHost},
		{"https://x/v1", "100.100.100.200:443", ErrNoHost},
		{"https://x/v1", "192.0.0.192:443", ErrNoHost},
		{"https://x/v1", "168.63.129.16:443", ErrNoHost},
		{"https://x/v1", "0.0.0.0:443", ErrNoHost},
		{"https://x/v1", "[::]:443", ErrNoHost},
		{"https://x/v1", "224.0.0.1:443", ErrNoHost},
		{"https://x/v1", "255.255.255.255:443", ErrNoHost},
		{"http://localhost/v1", "10.0.0.5:80", ErrPlainHTTP},
		{"http://localhost/v1", "169.254.169.254:80", ErrPlainHTTP},
		{"http://localhost/v1", "[fd00::1]:80", ErrPlainHTTP},
		{"http://localhost/v1", "[::]:80", ErrPlainHTTP},
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		conn, err := transport(c.base).(*http.Transport).DialContext(ctx, "tcp", c.address)
		cancel()
		if err == nil {
			conn.Close()
		}
		if !errors.Is(err, c.want) {
			t.Errorf("%s dials %s: %v, want %v", c.base, c.address, err, c.want)
		}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for _, base := range []string{"http://localhost/v1", "https://x/v1"} { // a model on this machine, behind TLS too
		conn, err := transport(base).(*http.Transport).DialContext(t.Context(), "tcp", l.Addr().String())
		if err != nil {
			t.Errorf("%s: %v", base, err)
			continue
		}
		conn.Close()
	}
	if strings.Contains(ErrNoHost.Error(), "169") {
		t.Error("the error names an address")
	}
}
