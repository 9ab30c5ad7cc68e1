// Package storage says what must be remembered and what every store promises
// about it: one small contract a file. It holds no SQL; storage/sqlstore
// fulfils the contracts and storage/storetest proves them for every engine.
//
// Text is kept as given, but for what PostgreSQL can not keep: zero bytes are
// left out and bytes that are not UTF-8 become U+FFFD. Instants are kept to the
// millisecond and come back in UTC.
//
// Nobody takes all of it: a use-case names the two or three methods it needs in
// an interface of its own, and the store happens to have them.
package storage
