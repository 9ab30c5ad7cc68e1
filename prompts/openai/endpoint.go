package openai

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
)

// DefaultBaseURL is OpenAI's own endpoint.
const DefaultBaseURL = "https://api.openai.com/v1"

// What CheckEndpoint refuses.
var (
	ErrNoAddress   = errors.New("openai: no address of an endpoint")
	ErrPlainHTTP   = errors.New("openai: http is only for this machine itself")
	ErrCredentials = errors.New("openai: a password in the address of the endpoint")
)

// CheckEndpoint returns the host, with its port where one is given, to which the
// base URL of an endpoint leads. https may lead anywhere; http only to this machine,
// and that is looked at once more when it is dialled. A password, a query or a
// fragment in it is refused: what an address holds, logs hold too. Redirects are
// never followed.
func CheckEndpoint(baseURL string) (host string, err error) {
	u, err := url.Parse(baseURL)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		return "", ErrNoAddress // the cause would print the address
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return "", ErrCredentials
	case u.Scheme == "http" && !loopback(u.Hostname()):
		return "", ErrPlainHTTP
	}
	return u.Host, nil
}

func loopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// transport dials what CheckEndpoint allows: by http only this machine itself, also
// where a resolver says otherwise, and never by a proxy.
func transport(baseURL string) http.RoundTripper {
	t := http.DefaultTransport.(*http.Transport).Clone()
	if u, err := url.Parse(baseURL); err == nil && u.Scheme == "http" {
		t.Proxy = nil
		dialer := net.Dialer{ControlContext: func(_ context.Context, _, address string, _ syscall.RawConn) error {
			at, err := netip.ParseAddrPort(address)
			if err != nil || !at.Addr().Unmap().IsLoopback() {
				return fmt.Errorf("dial: %w", ErrPlainHTTP)
			}
			return nil
		}}
		t.DialContext = dialer.DialContext
	}
	return t
}
