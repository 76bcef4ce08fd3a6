# bash completion for facmap.  Commands and options are asked of the tool itself, so that they are
# never out of date.

_facmap() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} tool=${COMP_WORDS[0]}
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W "$("$tool" help --list 2>/dev/null) help version" -- "$cur")
    return
  fi
  case $prev in
    --of | --demand | --by | --from | --to | --candidates | --network | --close | --open | --against | --extent | --atlas)
      # The third word of a command line is the workspace.
      local layers
      layers=$("$tool" layers "${COMP_WORDS[2]}" --json 2>/dev/null |
        sed -n 's/^ *"name" : "\(.*\)",$/\1/p')
      mapfile -t COMPREPLY < <(compgen -W "$layers" -- "$cur")
      return
      ;;
    --model)
      mapfile -t COMPREPLY < <(compgen -W "mclp lscp pmedian pcenter" -- "$cur")
      return
      ;;
    --direction)
      mapfile -t COMPREPLY < <(compgen -W "to from" -- "$cur")
      return
      ;;
    --lang)
      mapfile -t COMPREPLY < <(compgen -W "both en zh" -- "$cur")
      return
      ;;
    --crs)
      mapfile -t COMPREPLY < <(compgen -W "EPSG: GCJ-02 BD-09" -- "$cur")
      return
      ;;
  esac
  if [[ $cur == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$("$tool" help "${COMP_WORDS[1]}" 2>/dev/null |
      sed -n 's/^  \(-., \)\{0,1\}\(--[a-z-]*\).*/\2/p')" -- "$cur")
    return
  fi
  mapfile -t COMPREPLY < <(compgen -f -- "$cur")
}
complete -o filenames -F _facmap facmap
