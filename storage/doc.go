// Package storage says what must be remembered and what every store promises
// about it: one small contract a file. It holds no SQL; storage/sqlstore
// fulfils the contracts and storage/storetest proves them for every engine.
//
// Nobody takes all of it: a use-case names the two or three methods it needs in
// an interface of its own, and the store happens to have them.
package storage
