# What a command takes, from the table above, in words: @NAME is a subcommand, :KIND an argument (:KIND* any number of them),
# --NAME an option, --NAME=KIND one with a value, --NAME=,KIND one with values that commas separate.
# words|A|B as a KIND is A or B. It is all read by bash 4 and by the bashcompinit of zsh.

# The names of what is in folders; no process is started for them.
_lanpo_names() {
  local file name
  for file in "$@"; do
    [ -e "$file" ] || continue
    name=${file%/run.json}
    name=${name%/checkpoint.json}
    name=${name%/pom.xml}
    name=${name%.cfg}
    name=${name%/}
    name=${name##*/}
    printf '%s\n' "${name#*~}"
  done
}

# The values of a kind, for the word $2; $3 is the run that the line names.
_lanpo_values() {
  local value
  case $1 in
    words*) printf %s "${1#words}" | tr '|' '\n' ;;
    configuration) _lanpo_names "${LANPO_CONFIGS:-$_lanpo_configs}"/io.lanpo.run~*.cfg ;;
    experiment) _lanpo_names "${LANPO_CONFIGS:-$_lanpo_configs}"/experiment~*.cfg ;;
    run) _lanpo_names "${LANPO_RUNS:-$_lanpo_runs}"/*/run.json ;;
    checkpoint) _lanpo_names "${LANPO_RUNS:-$_lanpo_runs}/$3"*/checkpoints/*/checkpoint.json ;;
    pool | pool_or_run)
      _lanpo_names "${LANPO_VAR:-$_lanpo_var}"/pools/*/
      [ "$1" = pool ] || _lanpo_names "${LANPO_RUNS:-$_lanpo_runs}"/*/run.json
      compgen -d -- "$2"
      ;;
    bundle)
      _lanpo_names "$_lanpo_bundles"/*/pom.xml
      compgen -f -- "$2"
      ;;
    setting)
      case $2 in
        *=*)
          value=$(_lanpo_setting "${2%%=*}=")
          [ -n "$value" ] || value=$(compgen -f -- "${2#*=}")
          printf '%s\n' "$value" | while IFS= read -r value; do printf '%s\n' "${2%%=*}=$value"; done
          ;;
        *) printf '%s\n' $_lanpo_keys ;;
      esac
      ;;
    file) compgen -f -- "$2" ;;
    model)
      compgen -d -- "$2"
      compgen -f -X '!*.gguf' -- "$2"
      ;;
  esac
}

_lanpo() {
  local line=${COMP_LINE:0:$COMP_POINT} command= begun= open= run= word token kind= behind= count=0 at
  local whole=${line##*[[:blank:]]}
  line=${line%"$whole"}
  while [ -n "$line" ]; do
    word=${line%%[[:blank:]]*}
    line=${line#"$word"}
    line=${line#[[:blank:]]}
    [ -n "$word" ] || continue
    if [ -z "$begun" ]; then
      begun=true
    elif [ -n "$open" ]; then
      [ "$open" != run ] || run=$word
      open=
    else
      kind=
      at=0
      for token in $(_lanpo_takes "$command"); do
        case $token in
          "@$word") [ "$count" -gt 0 ] || kind=@ ;;
          "$word="*) open=${token#*=} ;;
          :*)
            [ -n "$kind" ] || [ "$at" -ne "$count" ] || kind=$token
            case $token in *\*) ;; *) at=$((at + 1)) ;; esac
            ;;
        esac
      done
      case $word in
        -*) ;;
        *)
          if [ "$kind" = @ ]; then
            command="$command $word"
          else
            case $kind in :run | :run\*) [ -n "$run" ] || run=$word ;; esac
            count=$((count + 1))
          fi
          ;;
      esac
    fi
  done

  word=$whole
  kind=$open
  local list=
  if [ -z "$kind" ]; then
    at=0
    for token in $(_lanpo_takes "$command"); do
      case $word in
        --*=*)
          case $token in
            "${word%%=*}="*)
              kind=${token#*=}
              behind=${word%%=*}=
              ;;
          esac
          ;;
        -*) case $token in -*) list="$list ${token%%=*}" ;; esac ;;
        *)
          case $token in
            @*) [ "$count" -gt 0 ] || list="$list ${token#@}" ;;
            :*\*) [ "$at" -gt "$count" ] || kind=${token#:} ;;
            :*)
              [ "$at" -ne "$count" ] || kind=${token#:}
              at=$((at + 1))
              ;;
          esac
          ;;
      esac
    done
    kind=${kind%\*}
    word=${word#"$behind"}
  fi
  case $kind in
    ,*)
      kind=${kind#,}
      case $word in
        *,*)
          behind=$behind${word%,*},
          word=${word##*,}
          ;;
      esac
      ;;
  esac
  [ -z "$kind" ] || list=$(_lanpo_values "$kind" "$word" "$run")
  COMPREPLY=()
  # In bash the word ends at a =, so that only what comes behind it is replaced.
  local kept=
  case ${COMP_WORDBREAKS-} in
    *=*) case $whole in *=*) kept=${whole%"${whole##*=}"} ;; esac ;;
  esac
  for token in $list; do
    case $token in
      "$word"*)
        token=$behind$token
        COMPREPLY+=("${token#"$kept"}")
        ;;
    esac
  done
  if command -v compopt >/dev/null; then
    case $kind:$word in
      setting:*=* | file:* | model:* | pool:* | pool_or_run:* | bundle:*) compopt -o filenames 2>/dev/null ;;
    esac
    case ${COMPREPLY[*]-} in
      *= | *.) compopt -o nospace 2>/dev/null ;;
    esac
  fi
}

complete -F _lanpo lanpo
