#!/bin/sh
# An age plugin for tests (C2SP age-plugin, version 1): it keeps the key of a file in clear beside the name of its token, and
# gives it back to that token alone. DRAWER_SHUT makes it refuse.

say() {
    printf -- '-> %s\n%s\n' "$1" "$2"
    read -r _answer
    read -r _body
}

refuse() {
    say "error $1" "$(printf 'the drawer is shut' | base64 | tr -d '=')"
}

token='' key='' owner=''
while read -r _arrow tag first second third; do
    body=''
    while IFS= read -r line; do
        body=$body$line
        [ ${#line} -lt 64 ] && break
    done
    case $tag in
        add-identity) token=$first ;;
        wrap-file-key) key=$body ;;
        recipient-stanza) [ "$second" = drawer ] && owner=$third && key=$body ;;
        done) break ;;
    esac
done

case $1 in
    --age-plugin=recipient-v1)
        if [ -n "$DRAWER_SHUT" ]; then refuse internal; else say "recipient-stanza 0 drawer $token" "$key"; fi
        ;;
    --age-plugin=identity-v1)
        if [ -n "$DRAWER_SHUT" ]; then refuse 'identity 0'; elif [ "$owner" = "$token" ]; then say 'file-key 0' "$key"; fi
        ;;
esac
printf -- '-> done\n\n'
