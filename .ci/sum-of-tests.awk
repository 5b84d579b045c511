# Adds up Surefire's TEST-*.xml. Test output is quoted in them, so only what stands at its own place counts. The sums in their
# heads do not: they are of the last round only, where tests were run again.
#   awk -v again=1: failed tests were run once more. Of a class whose set-up or end failed, Surefire tells that the second round
#   passed only by the lack of a rerunError.

function attribute(name,   at) {
  at = index($0, " " name "=\"")
  if (!at) return ""
  at = substr($0, at + length(name) + 3)
  return substr(at, 1, index(at, "\"") - 1)
}

function plain(text) {
  gsub(/&#10;/, " ", text); gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text)
  gsub(/&quot;/, "\"", text); gsub(/&apos;/, "'", text); gsub(/&amp;/, "\\&", text)
  return text
}

function settle() {
  if (held != "" && again && named) unsteady[++unsteadies] = held
  else if (held != "") fail(held, heldKind)
  held = ""
}

function fail(what, kind) {
  failed[++broken] = what
  if (kind == "failure") failures++
  else errors++
}

FNR == 1 { settle(); quoted = 0; named = 0 }
!quoted && /^  <testcase / {
  test = attribute("classname") "." attribute("name")
  ofClass = attribute("name") == ""
  if (!ofClass) named++
  tests++
}
!quoted && /^    <skipped/ {
  skipped++
  message = attribute("message")
  if (message == "") { message = $0; sub(/^.*Exception(: )?(Assumption failed: )?/, "", message) }
  if (message == "") message = "no reason given"
  if (!count[message]++) { reason[++reasons] = message; first[message] = test }
}
!quoted && /^    <flaky(Failure|Error)[ >]/ { unsteady[++unsteadies] = plain(test) ": " plain(attribute("message")) }
!quoted && /^    <(failure|error)[ >]/ {
  kind = /^    <failure/ ? "failure" : "error"
  what = plain(test) ": " substr(plain(attribute("message")), 1, 600)
  if (ofClass) { held = what; heldKind = kind }
  else fail(what, kind)
}
!quoted && ofClass && held != "" && /^    <rerun(Failure|Error)[ >]/ { fail(held, heldKind); held = "" }
/<!\[CDATA\[/ { quoted = 1 }
/\]\]>/ { quoted = 0 }

END {
  settle()
  for (i = 1; i <= reasons; i++) {
    more = count[reason[i]] > 1 ? " and " count[reason[i]] - 1 " more" : ""
    print "Not run: " plain(first[reason[i]]) more ": " plain(reason[i])
  }
  for (i = 1; i <= unsteadies; i++) print "Unsteady, passed only when run again: " unsteady[i]
  for (i = 1; i <= broken; i++) print "Failed: " failed[i]
  if (!tests) print "No test ran."
  printf "Tests run: %d, Failures: %d, Errors: %d, Skipped: %d%s\n", tests, failures, errors, skipped, (unsteadies ? ", Unsteady: " unsteadies : "")
  exit !tests || failures + errors > 0
}
