package ingest

import "strings"

// auditElement is an element of an audit file that is read, or passed through.
type auditElement byte

const (
	elementPassed auditElement = iota
	fiscalYear
	startDate
	endDate
	curCode
	customerSupplier
	custSupID
	custSupName
	eMail
	commerceNr
	taxRegIdent
	custSupTp
	ledgerAccount
	accID
	accDesc
	accTp
	rgsCode
	leadCode
	leadReference
	vatToPayAccID
	vatToClaimAccID
	transactions
	linesCount
	totalDebit
	totalCredit
	journal
	jrnTp
	offsetAccID
	transaction
	trNr
	periodNumber
	trDt
	trLine
	lineAccID
	docRef
	effDate
	amnt
	amntTp
	lineCustSupID
	invRef
	qntity
	lineVAT
	vatAmnt
	vatAmntTp
)

// auditPaths are the elements that are read, by the local names on the way from
// the root. Everything else is checked to be XML and left alone, so that a
// customerSupplier in a customerSupplierHistory is not one. The paths are those
// of versions 3.1, 3.2 and 4.0. Source: XmlAuditfileFinancieel3.2.xsd;
// Belastingdienst ODB, XAF 4.0.3.
var auditPaths = buildPaths(map[string]auditElement{
	"header/fiscalYear": fiscalYear, "header/startDate": startDate, "header/endDate": endDate, "header/curCode": curCode,

	"company/customersSuppliers/customerSupplier":             customerSupplier,
	"company/customersSuppliers/customerSupplier/custSupID":   custSupID,
	"company/customersSuppliers/customerSupplier/custSupName": custSupName,
	"company/customersSuppliers/customerSupplier/eMail":       eMail,
	"company/customersSuppliers/customerSupplier/commerceNr":  commerceNr,
	"company/customersSuppliers/customerSupplier/taxRegIdent": taxRegIdent,
	"company/customersSuppliers/customerSupplier/custSupTp":   custSupTp,

	"company/generalLedger/ledgerAccount":               ledgerAccount,
	"company/generalLedger/ledgerAccount/accID":         accID,
	"company/generalLedger/ledgerAccount/accDesc":       accDesc,
	"company/generalLedger/ledgerAccount/accTp":         accTp,
	"company/generalLedger/ledgerAccount/RGScode":       rgsCode,
	"company/generalLedger/ledgerAccount/leadCode":      leadCode,
	"company/generalLedger/ledgerAccount/leadReference": leadReference,

	"company/vatCodes/vatCode/vatToPayAccID":   vatToPayAccID,
	"company/vatCodes/vatCode/vatToClaimAccID": vatToClaimAccID,

	"company/transactions":                                          transactions,
	"company/transactions/linesCount":                               linesCount,
	"company/transactions/totalDebit":                               totalDebit,
	"company/transactions/totalCredit":                              totalCredit,
	"company/transactions/journal":                                  journal,
	"company/transactions/journal/jrnTp":                            jrnTp,
	"company/transactions/journal/offsetAccID":                      offsetAccID,
	"company/transactions/journal/transaction":                      transaction,
	"company/transactions/journal/transaction/nr":                   trNr,
	"company/transactions/journal/transaction/periodNumber":         periodNumber,
	"company/transactions/journal/transaction/trDt":                 trDt,
	"company/transactions/journal/transaction/trLine":               trLine,
	"company/transactions/journal/transaction/trLine/accID":         lineAccID,
	"company/transactions/journal/transaction/trLine/docRef":        docRef,
	"company/transactions/journal/transaction/trLine/effDate":       effDate,
	"company/transactions/journal/transaction/trLine/amnt":          amnt,
	"company/transactions/journal/transaction/trLine/amntTp":        amntTp,
	"company/transactions/journal/transaction/trLine/custSupID":     lineCustSupID,
	"company/transactions/journal/transaction/trLine/invRef":        invRef,
	"company/transactions/journal/transaction/trLine/qntity":        qntity,
	"company/transactions/journal/transaction/trLine/vat":           lineVAT,
	"company/transactions/journal/transaction/trLine/vat/vatAmnt":   vatAmnt,
	"company/transactions/journal/transaction/trLine/vat/vatAmntTp": vatAmntTp,
})

// pathNode is an element on the way to what is read.
type pathNode struct {
	name     string
	element  auditElement
	children []*pathNode
}

func buildPaths(paths map[string]auditElement) *pathNode {
	root := &pathNode{}
	for path, element := range paths {
		n := root
		for name := range strings.SplitSeq(path, "/") {
			next := n.child([]byte(name))
			if next == nil {
				next = &pathNode{name: name}
				n.children = append(n.children, next)
			}
			n = next
		}
		n.element = element
	}
	return root
}

// child returns the element of that local name below n, nil when it is not read.
func (n *pathNode) child(name []byte) *pathNode {
	for _, c := range n.children {
		if len(c.name) == len(name) && c.name == string(name) {
			return c
		}
	}
	return nil
}
