#!/bin/sh
# update.sh - takes the texts of the code into the catalogues.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# sh sim/po/update.sh           rewrites sim/po/LANG.po: new texts come with an
#                               empty translation, those no longer used go
# sh sim/po/update.sh --check   says what is missing, doubtful or no longer
#                               used, and ends with 1 when anything is
set -eu
cd "$(dirname "$0")/../.."
export LC_ALL=C.UTF-8
pot=$(mktemp)
trap 'rm -f "$pot" "$pot".*' EXIT

# What marks a text: see lang.h; the last word of a row of a parameter table is
# its help, and that of an option.
find sim models -name '*.[ch]' | sort | xgettext --files-from=- --output="$pot" \
  --language=C --from-code=UTF-8 --no-location --sort-output \
  --package-name=shortfall --add-comments=xgettext: \
  --keyword --keyword=_ --keyword=N_ --keyword=sf_lang_plural:1,2 \
  --flag=_:1:pass-c-format --flag=N_:1:pass-c-format \
  --keyword=SF_PARAM:6 --keyword=SF_PARAM_NEED:5 --keyword=SF_PARAM_QTY:5 \
  --keyword=SF_PARAM_BOOL:4 --keyword=SF_PARAM_STRING:3 \
  --keyword=SF_PARAM_WORD:6 --keyword=SF_PARAM_DAY:4 --keyword=SF_PARAM_ID:5 \
  --keyword=SF_PARAM_IDS:4 --keyword=SF_PARAM_CURVE:3
sed -i -e '/^"POT-Creation-Date/d' -e 's/charset=CHARSET/charset=UTF-8/' "$pot"

status=0
while read -r lang; do
  po=sim/po/$lang.po
  if [ "${1:-}" = --check ]; then
    msgmerge --quiet --no-fuzzy-matching --no-location --sort-output \
      --output-file="$pot.new" "$po" "$pot"
    missing=$(msgattrib --untranslated "$pot.new" | grep -c '^msgid' || true)
    doubtful=$(msgattrib --only-fuzzy "$po" | grep -c '^msgid' || true)
    gone=$(msgattrib --only-obsolete "$pot.new" | grep -c '^#~ msgid ' || true)
    msgfmt --check --output-file=/dev/null "$po" || status=1
    if [ "$missing$doubtful$gone" != 000 ]; then
      echo "$po: $missing texts without translation, $doubtful doubtful," \
        "$gone no longer used; sh sim/po/update.sh, then fill them in"
      msgattrib --untranslated "$pot.new" | sed -n 's/^msgid /  &/p' | head -n 20
      status=1
    fi
  else
    msgmerge --quiet --no-fuzzy-matching --no-location --sort-output \
      --output-file="$pot.new" "$po" "$pot"
    msgattrib --no-obsolete --no-location --sort-output \
      --output-file="$po" "$pot.new"
  fi
done <sim/po/LINGUAS
exit "$status"
