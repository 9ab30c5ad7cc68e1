package openai

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"syscall"
	"time"
)

// DefaultBaseURL is OpenAI's own endpoint.
const DefaultBaseURL = "https://api.openai.com/v1"

// What CheckEndpoint refuses.
var (
	ErrNoAddress   = errors.New("openai: no address of an endpoint")
	ErrPlainHTTP   = errors.New("openai: http is only for this machine itself")
	ErrNoHost      = errors.New("openai: the address leads to no endpoint but to the machine's own secrets")
	ErrCredentials = errors.New("openai: a password in the address of the endpoint")
)

// CheckEndpoint returns the host, with its port where one is given, to which the
// base URL of an endpoint leads. https may lead anywhere but to link-local addresses
// and those at which clouds keep a machine's secrets; http only to this machine. Both
// are looked at when it is dialled. A password, a query or a
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

// transport dials what CheckEndpoint allows, also where a resolver says otherwise: by
// http only this machine itself and never by a proxy, and by https nowhere that a
// cloud tells its machines secrets.
func transport(baseURL string) http.RoundTripper {
	t := http.DefaultTransport.(*http.Transport).Clone()
	allowed := public
	if u, err := url.Parse(baseURL); err == nil && u.Scheme == "http" {
		t.Proxy, allowed = nil, here
	}
	dialer := net.Dialer{Timeout: dialWithin, ControlContext: func(_ context.Context, _, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil {
			return fmt.Errorf("dial: %w", ErrNoAddress)
		}
		return allowed(at.Addr().WithZone("").Unmap())
	}}
	t.DialContext = dialer.DialContext
	return t
}

const dialWithin = 10 * time.Second

// here allows this machine itself.
func here(ip netip.Addr) error {
	if !ip.IsLoopback() {
		return fmt.Errorf("dial: %w", ErrPlainHTTP)
	}
	return nil
}

// metadata are addresses, beside link-local ones, at which clouds tell a machine what it
// is and may: Amazon's over IPv6, Alibaba's, Oracle's, Azure's.
var metadata = []netip.Addr{netip.MustParseAddr("fd00:ec2::254"), netip.MustParseAddr("100.100.100.200"),
	netip.MustParseAddr("192.0.0.192"), netip.MustParseAddr("168.63.129.16")}

// nat64 are the IPv6 addresses that stand for the IPv4 one in their last four bytes
// (RFC 6052).
var nat64 = netip.MustParsePrefix("64:ff9b::/96")

// public refuses what is no host: an office may have its model on its own network.
func public(ip netip.Addr) error {
	if b := ip.As16(); nat64.Contains(ip) {
		ip = netip.AddrFrom4([4]byte(b[12:]))
	}
	if ip.IsUnspecified() || ip.IsMulticast() || ip.IsLinkLocalUnicast() || slices.Contains(metadata, ip) || ip == netip.AddrFrom4([4]byte{255, 255, 255, 255}) {
		return fmt.Errorf("dial: %w", ErrNoHost)
	}
	return nil
}
